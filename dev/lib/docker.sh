# The Docker engine, and what it can pull. Sourced by the scripts in dev/.
# shellcheck shell=bash

engine_data=/var/lib/docker-facefusion
engine_log=/var/log/dockerd-facefusion.log

# Makes sure that an engine answers. Installs and starts Debian's where we may.
use_engine() {
  engine_answers && return
  on_debian_as_root ||
    fail "No Docker engine answers \`docker info\`." "install and start one: https://docs.docker.com/engine/install/"
  command -v dockerd >/dev/null || install_packages docker.io iptables
  engine_answers || start_engine
}

engine_answers() { docker info >/dev/null 2>&1; }

# For machines without systemd, where nobody else starts what the package installed.
start_engine() {
  note "Starting dockerd, with its data in $engine_data"
  local options=()
  if ! may_raise_resources; then
    need python3 python3-minimal
    install -D "$root/dev/k3s/runc-capped" "$engine_data/runc-capped" # outlives this checkout
    options=(--add-runtime "capped=$engine_data/runc-capped" --default-runtime capped)
  fi
  setsid dockerd --data-root "$engine_data" "${options[@]}" >"$engine_log" 2>&1 </dev/null &
  await "Docker engine" 60 engine_answers ||
    fail "dockerd did not start; the end of $engine_log: $(tail -n 3 "$engine_log")" "read that log, or start an engine yourself."
}

# CAP_SYS_RESOURCE (24) in the bounding set: without it a privileged container would not start.
may_raise_resources() { (((0x$(awk '/^CapBnd/ {print $2}' /proc/self/status) >> 24) & 1)); }

present() { docker image inspect "$1" >/dev/null 2>&1; }

# pulled IMAGE: true when the engine has it or could pull it.
pulled() {
  present "$1" && return
  registry_answers || return
  note "Pulling $1"
  docker pull -q "$1" >"$logs/pull.log" 2>&1
}

# drop_other_tags REPOSITORY TAG…: images of earlier builds.
drop_other_tags() {
  local repository=$1 tag
  shift
  for tag in $(docker image ls --format '{{.Tag}}' "$repository"); do
    [[ " $* " == *" $tag "* ]] || docker image rm "$repository:$tag" >/dev/null 2>&1 || note "$repository:$tag is still in use"
  done
}

# Whether the engine reaches Docker Hub, by its smallest image: a name that does not resolve fails at once, a network
# that swallows packets only after minutes. Asked once.
registry_answers() {
  if [ -z "${registry:-}" ]; then
    if within 20 docker pull -q hello-world >/dev/null 2>&1; then registry=yes; else registry=no; fi
  fi
  [ "$registry" = yes ]
}
