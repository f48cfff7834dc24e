# The operator and the cluster of the quickstart in Kubernetes. Sourced by the scripts in dev/.
# shellcheck shell=bash

made_by=facefusion.dev/made-by=dev-up
operator_pods=app.kubernetes.io/name=facefusion-operator
quickstart_pods=facefusion.dev/cluster=quickstart
crd=facefusionclusters.facefusion.dev

# An operator that someone else installed in the person's own cluster is none of our business.
refuse_foreign_operator() {
  local found
  found=$(kube get namespaces "$namespace" --ignore-not-found --show-labels --no-headers)
  [ -z "$found" ] || grep -q "$made_by" <<<"$found" ||
    fail "The namespace $namespace is there already, and dev/up did not make it." "use another cluster, or remove that operator first."
}

# install_operator REPOSITORY: the chart, with the images of this checkout.
install_operator() {
  kube get namespace "$namespace" >/dev/null 2>&1 || kube create namespace "$namespace" >/dev/null
  kube label --overwrite namespace "$namespace" "$made_by" >/dev/null
  # Helm creates CRDs and never updates them.
  kube apply --server-side --force-conflicts -f "$root/helm-chart/crds" >/dev/null
  helm_release install "$root/helm-chart" \
    "image.repository=$1-operator" "image.tag=$operator_tag" \
    "runtimeImage.repository=$1-runtime" "runtimeImage.tag=$runtime_tag" \
    "watchNamespaces[0]=$home"
  await "Operator" 120 operator_ready && return
  diagnose "$namespace" "$operator_pods"
  fail "The operator's Deployment did not become available; its pods, events and log are above." \
    "fix what they say and run $program again."
}

operator_ready() {
  rolled_out "$namespace" "$release" && return
  pod_states "$namespace" "$operator_pods"
}

# await_quickstart IMAGE: until all its pods run that image, and the operator says Ready.
await_quickstart() {
  await "quickstart" 240 quickstart_ready "$1" && return
  kube get ffc quickstart -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason} {.message}{"\n"}{end}' | sed 's/^/  | /' >&2
  diagnose "$home" "$quickstart_pods"
  fail "quickstart did not become Ready; its conditions, pods, events and logs are above." \
    "kubectl describe ffc quickstart, then fix what it says and run $program again."
}

quickstart_ready() {
  local image ready
  image=$(kube get deployment quickstart -o jsonpath='{.spec.template.spec.containers[0].image}' 2>/dev/null) || true
  ready=$(kube get ffc quickstart -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}')
  [ "$image" = "$1" ] && [ "$ready" = True ] && rolled_out "$home" quickstart && return
  pod_states "$home" "$quickstart_pods"
}

# rolled_out NAMESPACE DEPLOYMENT
rolled_out() {
  kube -n "$1" rollout status deployment "$2" --watch=false 2>/dev/null | grep -q 'successfully rolled out'
}

# Keeps the CRD while anyone has a FaceFusionCluster: deleting it would delete theirs. An error is not taken for "none".
remove_operator() {
  local defined others
  defined=$(kube get crd "$crd" --ignore-not-found -o name)
  if [ -n "$defined" ]; then
    kube delete -f "$root/examples/quickstart.yaml" --ignore-not-found --timeout 60s | sed 's/^/       /'
  fi
  helm_release uninstall
  kube delete namespace "$namespace" --ignore-not-found | sed 's/^/       /'
  [ -n "$defined" ] || return 0
  others=$(kube get ffc --all-namespaces --no-headers 2>/dev/null)
  if [ -z "$others" ]; then
    kube delete crd "$crd" --ignore-not-found | sed 's/^/       /'
  else
    note "The CRD stays: there are other FaceFusionClusters."
  fi
}
