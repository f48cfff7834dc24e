# What a person reads on the terminal. Sourced by the scripts in dev/.
# shellcheck shell=bash

program=dev/$(basename "$0")
logs=$root/target/dev
current_step=starting
exit_tasks=()
worker=''
sha256=(sha256sum)
command -v sha256sum >/dev/null || sha256=(shasum -a 256)
mkdir -p "$logs"

# What is being done now, and since when. Named again when it fails.
step() {
  current_step=$1
  printf '%s  %s\n' "$(elapsed)" "$1"
}

elapsed() { printf '%2d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

note() { printf '       %s\n' "$1"; }

# fail WHAT REMEDY: what was tried and went wrong, and what to do about it.
fail() {
  printf '\n%s failed at: %s\n  %s\n  To do: %s\n' "$program" "$current_step" "$1" "$2" >&2
  current_step=''
  exit 1
}

# at_exit COMMAND: however the script ends.
at_exit() { exit_tasks+=("$1"); }

# A command that no one expected to fail still names its step.
on_exit() {
  local status=$? task
  [ -z "$worker" ] || kill -- "-$worker" 2>/dev/null || true
  for task in ${exit_tasks[@]+"${exit_tasks[@]}"}; do eval "$task" >/dev/null 2>&1 || true; done
  [ "$status" = 0 ] || [ "$status" = 130 ] || [ -z "$current_step" ] ||
    printf '\n%s failed at: %s (exit %d). Its logs are in %s.\n' "$program" "$current_step" "$status" "$logs" >&2
}

# working LOG REMEDY COMMAND…: its output goes to a file, and to the terminal only when it fails. Meanwhile a line on the
# terminal shows that it lives.
working() {
  local log=$logs/$1.log remedy=$2 start=$SECONDS status=0
  shift 2
  set -m # a process group of its own, so that an interrupt can end all of it
  "$@" >"$log" 2>&1 </dev/null &
  worker=$!
  set +m
  while [ -t 1 ] && kill -0 "$worker" 2>/dev/null; do
    show "$((SECONDS - start)) s. $(tail -n 1 "$log")"
    sleep 1
  done
  wait "$worker" || status=$?
  worker=''
  clear_line
  [ "$status" != 0 ] || return 0
  tail -n 25 "$log" | sed 's/^/  | /' >&2
  fail "Tried: $*. All of its output: $log" "$remedy"
}

# await WHAT SECONDS COMMAND…: asks every second until the command succeeds. It prints what is still missing, and answers
# 2 when waiting seems of no use: half a minute of that is enough.
await() {
  local what=$1 limit=$2 start=$SECONDS status=0 missing
  shift 2
  until missing=$("$@" 2>&1); do
    status=$?
    if ((SECONDS - start >= (status == 2 ? 30 : limit))); then
      clear_line
      note "$what: not after $((SECONDS - start)) s. $missing"
      return 1
    fi
    show "$what: $((SECONDS - start)) s. $missing"
    sleep 1
  done
  clear_line
  note "$what: after $((SECONDS - start)) s"
}

# within SECONDS COMMAND…: macOS has no timeout(1); Perl is everywhere.
within() { perl -e 'alarm shift @ARGV; exec @ARGV' "$@"; }

# A line that the next one replaces, where there is a terminal to do so.
show() { [ ! -t 1 ] || printf '\r\033[K       %s' "$(tr -d '\r\n\033' <<<"$1" | cut -c1-$((${COLUMNS:-80} - 8)))"; }

clear_line() { [ ! -t 1 ] || printf '\r\033[K'; }

trap on_exit EXIT
