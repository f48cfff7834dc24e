package main

import (
	_ "embed"
	"encoding/base64"
	"os"
	"text/template"
)

//go:embed kubeconfig.yaml.tmpl
var kubeconfigTemplate string

// kubeconfig is the path of the kubeconfig of one of the cluster's own clients.
func (p *pki) kubeconfig(client string) string { return p.path(client + ".kubeconfig") }

// writeKubeconfig writes what a client needs to reach the API server from the node itself.
func (p *pki) writeKubeconfig(path, client string) error {
	values := map[string]string{"Server": apiAddress}
	for key, file := range map[string]string{"CA": "ca.crt", "Certificate": client + ".crt", "Key": client + ".key"} {
		content, err := os.ReadFile(p.path(file))
		if err != nil {
			return err
		}
		values[key] = base64.StdEncoding.EncodeToString(content)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	return template.Must(template.New("kubeconfig").Parse(kubeconfigTemplate)).Execute(file, values)
}
