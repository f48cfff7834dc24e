package main

import (
	"embed"
	"os"
	"text/template"
)

//go:embed configs
var configs embed.FS

// writeConfigs writes the files that containerd, the CNI plugins, CoreDNS, the kubelet and kube-proxy start from.
func writeConfigs(maxPods int) error {
	templates, err := template.ParseFS(configs, "configs/*")
	if err != nil {
		return err
	}
	values := map[string]any{
		"CRISocket": criSocket, "TLSDir": tlsDir, "PodCIDR": podCIDR, "NodeCIDR": nodeCIDR, "DNSIP": dnsIP,
		"ClusterDomain": clusterTLD, "MaxPods": maxPods,
	}
	for name, path := range map[string]string{
		"containerd.toml": "/etc/containerd/config.toml",
		"pods.conflist":   "/etc/cni/net.d/10-bridge.conflist",
		"kubelet.yaml":    "/var/lib/kubelet/config.yaml",
		"Corefile":        "/etc/coredns/Corefile",
		"kube-proxy.yaml": "/var/lib/kube-proxy/config.yaml",
	} {
		if err := write(templates.Lookup(name), path, values); err != nil {
			return err
		}
	}
	return nil
}

func write(content *template.Template, path string, values map[string]any) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := content.Execute(file, values); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
