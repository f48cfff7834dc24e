# The k3s image, and the cluster that dev/up makes of it. Sourced by the scripts in dev/.
# shellcheck shell=bash

k3s_public=rancher/k3s:v1.34.4-k3s1
k3s_container=facefusion-k3s

# Sets k3s_image: the public one, or where it cannot be pulled the one that dev/k3s builds.
use_k3s_image() {
  k3s_image=$k3s_public
  pulled "$k3s_image" && return
  on_debian_as_root ||
    fail "Could not pull $k3s_image; see $logs/pull.log." \
      "see that docker pull works. Only on Debian, as root, can a stand-in be built without a registry."
  k3s_image=facefusion-k3s:v1.34.4
  need debootstrap
  use_go
  working k3s-image "run dev/k3s/build by itself; it needs Debian packages and Go modules from the network." "$root/dev/k3s/build"
}

# What the tests read to start a cluster. Without a registry, Testcontainers has no images for its reaper and its checks.
export_cluster_settings() {
  export K3S_IMAGE=$k3s_image
  if ! registry_answers; then
    export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true TESTCONTAINERS_HOST_OVERRIDE=localhost
  fi
}

use_go() {
  PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin
  command -v go >/dev/null ||
    fail "No Go on the PATH or in /usr/local/go: it builds Kubernetes where $k3s_public cannot be pulled." \
      "install Go 1.24 or later: https://go.dev/doc/install"
}

# Makes the container run, and writes its kubeconfig.
use_k3s_cluster() {
  local found
  found=$(docker inspect -f '{{.State.Running}} {{.Image}}' "$k3s_container" 2>/dev/null || true)
  if [ "$found" != "true $(docker image inspect -f '{{.Id}}' "$k3s_image")" ]; then
    [ -z "$found" ] || note "Replacing $k3s_container, which is stopped or of another version"
    remove_k3s_cluster
    start_k3s_cluster
  fi
  write_k3s_kubeconfig
}

start_k3s_cluster() {
  note "Starting $k3s_image in the container $k3s_container"
  docker run --detach --name "$k3s_container" --privileged --cgroupns host --volume /sys/fs/cgroup:/sys/fs/cgroup:rw \
    --tmpfs /run --tmpfs /var/run --publish 127.0.0.1::6443 "$k3s_image" \
    server --disable=traefik,metrics-server,servicelb,local-storage --disable-helm-controller --tls-san=127.0.0.1 >/dev/null
  await "Kubernetes" 180 k3s_started && return
  docker logs --tail 20 "$k3s_container" 2>&1 | sed 's/^/  | /' >&2
  fail "The container $k3s_container did not become a cluster; the end of its log is above." \
    "see docker logs $k3s_container; dev/down clears it away."
}

k3s_started() {
  docker logs "$k3s_container" 2>&1 | grep -q 'Node controller sync successful' && return
  [ "$(docker inspect -f '{{.State.Running}}' "$k3s_container")" = true ] || return 2
  docker logs --tail 1 "$k3s_container" 2>&1
  return 1
}

write_k3s_kubeconfig() {
  local address
  address=$(docker port "$k3s_container" 6443/tcp | head -n 1)
  mkdir -p "$(dirname "$kubeconfig")"
  (umask 077 && docker exec "$k3s_container" cat /etc/rancher/k3s/k3s.yaml |
    sed "s#https://127.0.0.1:6443#https://$address#" >"$kubeconfig")
}

remove_k3s_cluster() {
  # Engines differ in what they answer when there is no such container: what counts is that there is none.
  docker rm --force --volumes "$k3s_container" >"$logs/remove.log" 2>&1 || true
  ! docker container inspect "$k3s_container" >/dev/null 2>&1 ||
    fail "The container $k3s_container is still there: $(tail -n 1 "$logs/remove.log")" "docker rm --force --volumes $k3s_container"
}

# load_into_k3s ARCHIVE IMAGE: unless the node has it.
load_into_k3s() {
  docker exec "$k3s_container" ctr -n k8s.io images ls -q | grep -qx "docker.io/library/$2" && return
  docker exec -i "$k3s_container" ctr -n k8s.io images import - <"$1" >/dev/null
}
