package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"time"
)

// apiClient asks the API server as the cluster's administrator.
type apiClient struct{ http *http.Client }

func newAPIClient(pki *pki) (*apiClient, error) {
	identity, err := tls.LoadX509KeyPair(pki.path("admin.crt"), pki.path("admin.key"))
	if err != nil {
		return nil, err
	}
	authorities := x509.NewCertPool()
	authorities.AddCert(pki.ca)
	return &apiClient{&http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: authorities, Certificates: []tls.Certificate{identity}}}}}, nil
}

func (c *apiClient) ready() bool { return c.get("/readyz", nil) }

// nodeReady is true once pods can be scheduled: the node says so, and they have a service account to run as.
func (c *apiClient) nodeReady(name string) bool {
	var node struct {
		Status struct {
			Conditions []struct{ Type, Status string }
		}
	}
	if !c.get("/api/v1/nodes/"+name, &node) {
		return false
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == "Ready" && condition.Status == "True" {
			return c.get("/api/v1/namespaces/default/serviceaccounts/default", nil)
		}
	}
	return false
}

// get is true when the path answers 200, with its JSON read into answer where there is one.
func (c *apiClient) get(path string, answer any) bool {
	response, err := c.http.Get(apiAddress + path)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return false
	}
	return answer == nil || json.NewDecoder(response.Body).Decode(answer) == nil
}
