# What the fleet scenarios need besides Kubernetes: kwok, which plays the nodes, and kstatus, which reads a resource as
# GitOps tools do. Both are built from Go modules, once. Sourced by the scripts in dev/.
# shellcheck shell=bash

kwok_version=v0.7.0

# Exports KWOK and KSTATUS.
use_scenario_tools() {
  scenario_tools=${XDG_CACHE_HOME:-$HOME/.cache}/facefusion/scenario-tools
  use_kwok
  use_kstatus
}

use_kwok() {
  KWOK=$(command -v kwok || echo "$scenario_tools/kwok-$kwok_version/kwok")
  export KWOK
  [ -x "$KWOK" ] && return
  use_go
  working kwok "see that Go modules can be downloaded." \
    env CGO_ENABLED=0 GOBIN="$(dirname "$KWOK")" go install -trimpath -ldflags '-s -w' "sigs.k8s.io/kwok/cmd/kwok@$kwok_version"
}

use_kstatus() {
  local sources=$root/tests/kstatus
  KSTATUS=$scenario_tools/kstatus-$(cat "$sources"/go.* "$sources"/*.go | "${sha256[@]}" | cut -c1-12)
  export KSTATUS
  [ -x "$KSTATUS" ] && return
  use_go
  working kstatus "see that Go modules can be downloaded, and that Go is 1.26 or later." \
    env CGO_ENABLED=0 go -C "$sources" build -buildvcs=false -trimpath -ldflags '-s -w' -o "$KSTATUS" .
}
