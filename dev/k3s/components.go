package main

const (
	criSocket  = "/run/k3s/containerd/containerd.sock"
	apiAddress = "https://127.0.0.1:6443"
	etcdURL    = "http://127.0.0.1:2379"
	podCIDR    = "10.42.0.0/16"
	nodeCIDR   = "10.42.0.0/24"
	serviceIPs = "10.43.0.0/16"
	dnsIP      = "10.43.0.10"
	clusterTLD = "cluster.local"
	issuer     = "https://kubernetes.default.svc." + clusterTLD
)

// component is one process of the cluster: the name it is called by, and its flags.
type component struct {
	name string
	args []string
}

func containerd() component {
	return component{"containerd", []string{"--config", "/etc/containerd/config.toml"}}
}

// etcd without fsync: the cluster does not outlive its container, and shared disks are slow to sync.
func etcd() component {
	return component{"etcd", []string{
		"--data-dir=" + stateDir + "/server/db", "--unsafe-no-fsync", "--log-level=warn",
		"--listen-client-urls=" + etcdURL, "--advertise-client-urls=" + etcdURL,
		"--listen-peer-urls=http://127.0.0.1:0",
	}}
}

func apiServer(pki *pki) component {
	return component{"kube-apiserver", []string{
		"--etcd-servers=" + etcdURL, "--secure-port=6443", "--allow-privileged", "--profiling=false",
		"--service-cluster-ip-range=" + serviceIPs,
		"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
		"--client-ca-file=" + pki.path("ca.crt"),
		"--tls-cert-file=" + pki.path("apiserver.crt"), "--tls-private-key-file=" + pki.path("apiserver.key"),
		"--kubelet-client-certificate=" + pki.path("kubelet-client.crt"),
		"--kubelet-client-key=" + pki.path("kubelet-client.key"),
		"--requestheader-client-ca-file=" + pki.path("ca.crt"), "--requestheader-allowed-names=system:auth-proxy",
		"--proxy-client-cert-file=" + pki.path("auth-proxy.crt"), "--proxy-client-key-file=" + pki.path("auth-proxy.key"),
		"--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--service-account-issuer=" + issuer,
		"--service-account-key-file=" + pki.path("service-account.key"),
		"--service-account-signing-key-file=" + pki.path("service-account.key"),
	}}
}

func controllerManager(pki *pki) component {
	return component{"kube-controller-manager", []string{
		"--kubeconfig=" + pki.kubeconfig("controllers"), "--leader-elect=false", "--use-service-account-credentials",
		"--profiling=false", "--kube-api-qps=200", "--kube-api-burst=400",
		"--allocate-node-cidrs", "--cluster-cidr=" + podCIDR, "--service-cluster-ip-range=" + serviceIPs,
		"--root-ca-file=" + pki.path("ca.crt"),
		"--cluster-signing-cert-file=" + pki.path("ca.crt"), "--cluster-signing-key-file=" + pki.path("ca.key"),
		"--service-account-private-key-file=" + pki.path("service-account.key"),
	}}
}

func kubeScheduler(pki *pki) component {
	return component{"kube-scheduler", []string{
		"--kubeconfig=" + pki.kubeconfig("scheduler"), "--leader-elect=false",
		"--kube-api-qps=200", "--kube-api-burst=400",
	}}
}

func nodeAgent(pki *pki, node string) component {
	return component{"kubelet", []string{
		"--kubeconfig=" + pki.kubeconfig("kubelet"), "--config=/var/lib/kubelet/config.yaml", "--hostname-override=" + node,
	}}
}

func kubeProxy(node string) component {
	return component{"kube-proxy", []string{"--config=/var/lib/kube-proxy/config.yaml", "--hostname-override=" + node}}
}

func coreDNS() component {
	return component{"coredns", []string{"-conf", "/etc/coredns/Corefile"}}
}
