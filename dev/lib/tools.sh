# Programs that the tests start beside the runtime. Sourced by the scripts in dev/.
# shellcheck shell=bash

# Tests that need one of them are skipped where it is missing; dev/verify sees to it that none is.
use_test_tools() {
  need gcc gcc libc6-dev
  need nginx nginx-light
  # The page's tests run it headless and with --no-sandbox: as root its sandbox does not work, and it sees our page only.
  need chromium
  need chromedriver chromium-driver
  need exiftool libimage-exiftool-perl
  need ffmpeg
  use_api_tools
  use_reference_tools
  borrow promtool prometheus
}

# Programs from PyPI that judge the API's description and the server behind it, where ApiConformanceIT looks for them.
use_api_tools() {
  use_python api-tools "$root/tests/openapi/requirements.txt"
}

# What the float64 reference needs, where WholePictureIT looks for it.
use_reference_tools() {
  use_python reference-tools "$root/tests/reference/requirements.txt"
}

# use_python NAME REQUIREMENTS: a Python environment of that name among our cached tools.
use_python() {
  local name=$1 requirements=$2 tools=${XDG_CACHE_HOME:-$HOME/.cache}/facefusion/$1
  need python3
  python3 -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  [ -x "$tools/bin/pip" ] || working "$name" "see that python3 -m venv works." python3 -m venv "$tools"
  working "$name" "see that pip install works: is there a network?" \
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
}

# borrow COMMAND PACKAGE: takes one program out of a package whose installation would start a service.
borrow() {
  local command=$1 package=$2 folder=${XDG_CACHE_HOME:-$HOME/.cache}/facefusion/bin
  export PATH=$PATH:$folder
  command -v "$command" >/dev/null && return
  on_debian_as_root || fail "There is no $command on the PATH." "install $package, and run $program again."
  note "Taking $command out of Debian's $package"
  update_lists
  local downloads
  downloads=$(mktemp -d)
  chmod 755 "$downloads"
  (cd "$downloads" && working apt-download "see that apt-get download $package works." apt-get download "$package")
  mkdir -p "$folder"
  dpkg-deb --fsys-tarfile "$downloads/"*.deb | tar -x -C "$folder" --strip-components=3 "./usr/bin/$command"
  rm -rf "$downloads"
}
