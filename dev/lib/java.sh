# The JDK that Maven runs on and the images are made from. Sourced by the scripts in dev/.
# shellcheck shell=bash

# Finds a JDK 25 where it usually lies and exports JAVA_HOME.
use_jdk() {
  local home
  while read -r home; do
    if is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done < <(jdk_candidates)
  fail "No JDK 25 in JAVA_HOME, on the PATH, or where one usually lies." \
    "install one (https://adoptium.net, or your package manager), or set JAVA_HOME to it."
}

jdk_candidates() {
  local home
  echo "${JAVA_HOME:-}"
  home=$(command -v javac) && dirname "$(dirname "$(readlink -f "$home")")"
  for home in /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    echo "$home"
  done
}

is_jdk_25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }
