package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// pki is the cluster's certificate authority, and the certificates and kubeconfigs it issued into dir.
type pki struct {
	dir   string
	ca    *x509.Certificate
	caKey *ecdsa.PrivateKey
}

// clients are who may ask the API server, by the name of their files.
func clients(node string) map[string]pkix.Name {
	return map[string]pkix.Name{
		"admin":          {CommonName: "system:admin", Organization: []string{"system:masters"}},
		"kubelet-client": {CommonName: "kube-apiserver", Organization: []string{"system:masters"}},
		"auth-proxy":     {CommonName: "system:auth-proxy"}, // what extension API servers know the API server by
		"controllers":    {CommonName: "system:kube-controller-manager"},
		"scheduler":      {CommonName: "system:kube-scheduler"},
		"proxy":          {CommonName: "system:kube-proxy"},
		"kubelet":        {CommonName: "system:node:" + node, Organization: []string{"system:nodes"}},
	}
}

// newPKI issues everything the components need: a serving certificate, one client identity each, a token key.
func newPKI(dir, node string, sans []string) (*pki, error) {
	p := &pki{dir: dir}
	if err := p.createAuthority(); err != nil {
		return nil, err
	}
	if err := p.issue("apiserver", servingTemplate(node, sans)); err != nil {
		return nil, err
	}
	for name, subject := range clients(node) {
		if err := p.issue(name, clientTemplate(subject)); err != nil {
			return nil, err
		}
		if err := p.writeKubeconfig(p.kubeconfig(name), name); err != nil {
			return nil, err
		}
	}
	tokens, err := newKey()
	if err != nil {
		return nil, err
	}
	return p, p.writeKey("service-account", tokens)
}

func (p *pki) path(file string) string { return filepath.Join(p.dir, file) }

func (p *pki) createAuthority() (err error) {
	if p.caKey, err = newKey(); err != nil {
		return err
	}
	root := clientTemplate(pkix.Name{CommonName: "k3s-ca"})
	root.IsCA, root.BasicConstraintsValid, root.ExtKeyUsage = true, true, nil
	root.KeyUsage |= x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, root, root, &p.caKey.PublicKey, p.caKey)
	if err != nil {
		return err
	}
	if p.ca, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	if err := p.writeCertificate("ca", der); err != nil {
		return err
	}
	return p.writeKey("ca", p.caKey)
}

func (p *pki) issue(name string, cert *x509.Certificate) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, p.ca, &key.PublicKey, p.caKey)
	if err != nil {
		return err
	}
	if err := p.writeCertificate(name, der); err != nil {
		return err
	}
	return p.writeKey(name, key)
}

func (p *pki) writeCertificate(name string, der []byte) error {
	return os.WriteFile(p.path(name+".crt"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644)
}

func (p *pki) writeKey(name string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return os.WriteFile(p.path(name+".key"), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), 0o600)
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

// clientTemplate is a client's certificate, for a year: longer than any cluster of this kind lives.
func clientTemplate(subject pkix.Name) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // never fails since Go 1.24
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(1, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
}

func servingTemplate(node string, sans []string) *x509.Certificate {
	serving := clientTemplate(pkix.Name{CommonName: "kube-apiserver"})
	serving.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	serving.DNSNames = []string{"localhost", node, "kubernetes", "kubernetes.default", "kubernetes.default.svc",
		"kubernetes.default.svc." + clusterTLD}
	serving.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 43, 0, 1)}
	for _, san := range sans {
		if ip := net.ParseIP(san); ip != nil {
			serving.IPAddresses = append(serving.IPAddresses, ip)
		} else {
			serving.DNSNames = append(serving.DNSNames, san)
		}
	}
	return serving
}
