# Programs that the tests start beside the runtime. Sourced by the scripts in dev/.
# shellcheck shell=bash

# Tests that need one of them are skipped where it is missing; dev/verify sees to it that none is.
use_test_tools() {
  need gcc gcc libc6-dev
  need exiftool libimage-exiftool-perl
  use_api_tools
}

# Programs from PyPI that judge the API's description and the server behind it, where ApiConformanceIT looks for them.
use_api_tools() {
  local tools=${XDG_CACHE_HOME:-$HOME/.cache}/facefusion/api-tools
  need python3
  python3 -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  [ -x "$tools/bin/pip" ] || working api-tools "see that python3 -m venv works." python3 -m venv "$tools"
  working api-tools "see that pip install works: is there a network?" \
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement "$root/tests/openapi/requirements.txt"
}
