# Programs from Debian's archive. Sourced by the scripts in dev/.
# shellcheck shell=bash

on_debian_as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# need COMMAND [PACKAGE…]: installs the packages where the command is missing and we may.
need() {
  local command=$1
  command -v "$command" >/dev/null && return
  shift
  on_debian_as_root || fail "There is no $command on the PATH." "install $command, and run $program again."
  install_packages "${@:-$command}"
}

install_packages() {
  note "Installing $* from Debian"
  update_lists
  working apt-install "see that apt-get install $* works." \
    env DEBIAN_FRONTEND=noninteractive apt-get install -y "$@"
}

update_lists() {
  [ -n "${lists_updated:-}" ] && return
  working apt-update "see that apt-get update works: is there a network?" apt-get update
  lists_updated=yes
}
