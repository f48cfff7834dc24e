# The cluster that dev/up works on: the person's own, or k3s in Docker. Sourced by the scripts in dev/.
# shellcheck shell=bash

kubeconfig=$root/target/kubeconfig
home=default # the namespace of the quickstart: the context's own

# use_context NAME: a kubeconfig with that context alone, so that nothing here can touch another cluster.
use_context() {
  command -v kubectl >/dev/null || fail "There is no kubectl on the PATH." "install kubectl: https://kubernetes.io/docs/tasks/tools/"
  kubectl=kubectl
  kubeconfig=$(mktemp)
  at_exit "rm -f '$kubeconfig'"
  kubectl config view --raw --minify --flatten --context "$1" >"$kubeconfig" 2>"$logs/context.log" ||
    fail "There is no context $1: $(cat "$logs/context.log")" "choose one of: $(kubectl config get-contexts -o name | tr '\n' ' ')"
  home=$(kubectl --kubeconfig "$kubeconfig" config view --minify -o 'jsonpath={..namespace}')
  home=${home:-default}
  kube get --raw /readyz >/dev/null 2>"$logs/context.log" ||
    fail "The cluster of context $1 does not answer: $(tail -n 1 "$logs/context.log")" "start it, or choose another context."
}

# use_kubectl: the person's own, else the one inside the k3s container.
use_kubectl() {
  kubectl=$(command -v kubectl) && return
  [ "$(uname)" = Linux ] || fail "There is no kubectl on the PATH." "install kubectl: https://kubernetes.io/docs/tasks/tools/"
  kubectl=$root/target/bin/kubectl
  [ -x "$kubectl" ] && return
  mkdir -p "$(dirname "$kubectl")"
  docker cp --follow-link "$k3s_container":/bin/k3s "$kubectl" >/dev/null
}

kube() { KUBECONFIG=$kubeconfig "$kubectl" "$@"; }

# choose_loader CONTEXT REGISTRY: sets how images get to where the cluster's nodes find them.
choose_loader() {
  if [ -n "$2" ]; then
    loader=push
    return
  fi
  case $1 in
    '') loader=import ;;
    kind-*) loader=kind ;;
    k3d-*) loader=k3d ;;
    minikube) loader=minikube ;;
    docker-desktop | orbstack | rancher-desktop) loader=none && return ;; # runs on this very engine
    *) fail "How to bring images into the cluster of context $1 is not known here." \
      "name a registry that both you and the cluster reach: $program --context $1 --registry HOST/PREFIX" ;;
  esac
  [ "$loader" = import ] || command -v "$loader" >/dev/null ||
    fail "There is no $loader on the PATH, which brings images into the cluster of context $1." \
      "install $loader, or name a registry with --registry HOST/PREFIX."
}

# load_images CONTEXT REGISTRY
load_images() {
  load_image "$1" "$2" operator "facefusion-operator:$operator_tag"
  load_image "$1" "$2" runtime "facefusion-runtime:$runtime_tag"
}

load_image() {
  local context=$1 registry=$2 name=$3 image=$4 remedy="the message is above."
  case $loader in
    push)
      docker tag "$image" "$registry/$image"
      working "push-$name" "log in with docker login ${registry%%/*}." docker push "$registry/$image"
      ;;
    import) load_into_k3s "$archives/$name.tar" "$image" ;;
    kind) working "load-$name" "$remedy" kind load docker-image --name "${context#kind-}" "$image" ;;
    k3d) working "load-$name" "$remedy" k3d image import --cluster "${context#k3d-}" "$image" ;;
    minikube) working "load-$name" "$remedy" minikube image load "$image" ;;
  esac
}

# diagnose NAMESPACE SELECTOR: what one would look at next.
diagnose() {
  {
    kube -n "$1" get pods -l "$2" -o wide
    kube -n "$1" get events --sort-by .lastTimestamp | grep -v Normal | tail -n 8
    kube -n "$1" logs -l "$2" --all-containers --tail 15 --prefix
  } 2>&1 | sed 's/^/  | /' >&2 || true
}

# The pods' states, and 2 where one of them will not start by waiting.
pod_states() {
  local states
  states=$(kube -n "$1" get pods -l "$2" --no-headers -o custom-columns=P:.metadata.name,S:.status.containerStatuses[*].state.waiting.reason,R:.status.containerStatuses[*].ready 2>&1)
  tr -s ' ' <<<"$states" | tr '\n' ' '
  ! grep -Eq 'ImagePull|ErrImage|InvalidImage|CrashLoop|CreateContainer.*Error' <<<"$states" || return 2
  return 1
}
