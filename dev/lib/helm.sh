# The chart's release, through Helm's own library: nothing to install on a laptop or a bare machine.
# shellcheck shell=bash

release=facefusion-operator
namespace=facefusion-system

# helm_release install|uninstall [CHART VALUE=CONTENT…]
helm_release() {
  local verb=$1 jars=$root/target/dev/helm
  shift
  if [ ! -d "$jars" ]; then
    working helm-library "see that Maven Central can be reached." \
      "$root/mvnw" -f "$root/dev/helm/pom.xml" -B -ntp dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=$jars"
  fi
  working helm "Helm's message is above; the chart is in helm-chart/." \
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$jars/*" "$root/dev/helm/Release.java" \
    "$verb" "$kubeconfig" "$release" "$namespace" "$@"
}
