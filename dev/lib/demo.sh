# The swap that a person wants to see. Sourced by the scripts in dev/.
# shellcheck shell=bash

collins=$root/runtime-image/models/photos/astronaut.png
hopper=$root/runtime-image/models/photos/grace_hopper.jpg
pictures=("$root/target/collins-on-hopper.png" "$root/target/hopper-on-collins.png")

# Asks the Service, by way of the API server: it chooses among the pods that are ready.
swap_both_ways() {
  local port service
  # Not by way of kube(): its subshell would be what is killed, and the proxy would stay.
  KUBECONFIG=$kubeconfig "$kubectl" proxy --port 0 >"$logs/proxy.log" 2>&1 &
  at_exit "kill $!"
  await "Way to the Service" 20 proxy_listens || fail "kubectl proxy did not start; see $logs/proxy.log." "run $program again."
  port=$(sed -n 's/.*127\.0\.0\.1://p' "$logs/proxy.log")
  service=http://127.0.0.1:$port/api/v1/namespaces/$home/services/quickstart:api/proxy
  swap "$service" "$collins" "$hopper" "${pictures[0]}"
  swap "$service" "$hopper" "$collins" "${pictures[1]}"
}

proxy_listens() { grep -q 'Starting to serve' "$logs/proxy.log"; }

# swap SERVICE SOURCE TARGET OUTPUT
swap() {
  local status
  status=$(curl -sS -o "$4" -w '%{http_code}' --max-time 60 -F "source=@$2" -F "target=@$3" -F consent=demo \
    "$1/v1/swap" 2>"$logs/swap.log") || status=none
  if [ "$status" != 200 ]; then
    diagnose "$home" "$quickstart_pods"
    fail "POST /v1/swap through the Service answered $status: $(head -c 500 "$4" 2>/dev/null) $(cat "$logs/swap.log")" \
      "the pods' logs are above; run $program again."
  fi
  note "${4#"$root"/}: the face of $(basename "$2") on $(basename "$3")"
}

say_what_next() {
  local kubectl_line
  if [ -n "$1" ]; then
    kubectl_line="kubectl config use-context $1"
  else
    kubectl_line="export KUBECONFIG=$kubeconfig"
    command -v kubectl >/dev/null || kubectl_line+=" PATH=\$PATH:$(dirname "$kubectl")"
  fi
  cat <<END

Look at target/collins-on-hopper.png, then:
  $kubectl_line
  kubectl get ffc --watch
  kubectl scale ffc quickstart --replicas 3
  kubectl port-forward service/quickstart 8000 &
  curl -F source=@ONE.jpg -F target=@OTHER.jpg -F consent=demo -o swapped.png http://localhost:8000/v1/swap
  dev/down${1:+ --context $1}
END
}
