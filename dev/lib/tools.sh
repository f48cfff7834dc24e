# Programs that the tests start beside the runtime. Sourced by the scripts in dev/.
# shellcheck shell=bash

# Tests that need one of them are skipped where it is missing; dev/verify sees to it that none is.
use_test_tools() {
  need gcc gcc libc6-dev
  need exiftool libimage-exiftool-perl
}
