package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	stateDir   = "/var/lib/rancher/k3s"
	imagesDir  = stateDir + "/agent/images"
	tlsDir     = stateDir + "/server/tls"
	logDir     = "/var/log/k3s"
	kubeconfig = "/etc/rancher/k3s/k3s.yaml"

	// servicesDevice is a bridge to nowhere.
	servicesDevice = "services"

	// readyLine is what Testcontainers' K3sContainer waits for in the log.
	readyLine = "Node controller sync successful"
)

// options are what `k3s server` was asked for.
type options struct {
	tlsSANs listFlag
	maxPods int
	extra   map[string]*listFlag // more flags for a component, by its name
}

type listFlag []string

func (l *listFlag) String() string     { return strings.Join(*l, ",") }
func (l *listFlag) Set(v string) error { *l = append(*l, v); return nil }

// serve runs a cluster of one node until it is told to stop, or until a component dies.
func serve(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, parse(args)); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "k3s:", err)
		return 1
	}
	return 0
}

func parse(args []string) options {
	var o options
	flags := flag.NewFlagSet("server", flag.ExitOnError)
	flags.Var(&o.tlsSANs, "tls-san", "extra host name or address for the API server's certificate")
	flags.IntVar(&o.maxPods, "max-pods", 250, "pods the node accepts")
	o.extra = map[string]*listFlag{}
	for _, name := range []string{"kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy"} {
		o.extra[name] = new(listFlag)
		flags.Var(o.extra[name], name+"-arg", "flag for the "+name+", without its dashes; repeatable")
	}
	// k3s packages add-ons that this program does not: switching them off changes nothing here.
	flags.Var(new(listFlag), "disable", "accepted for compatibility")
	flags.Bool("disable-helm-controller", false, "accepted for compatibility")
	flags.Bool("disable-cloud-controller", false, "accepted for compatibility")
	_ = flags.Parse(args) // ExitOnError: never returns one
	return o
}

func run(ctx context.Context, o options) error {
	node, err := os.Hostname()
	if err != nil {
		return err
	}
	if err := prepareHost(); err != nil {
		return err
	}
	pki, err := newPKI(tlsDir, node, o.tlsSANs)
	if err != nil {
		return fmt.Errorf("certificates: %w", err)
	}
	if err := writeConfigs(o.maxPods); err != nil {
		return fmt.Errorf("configuration files: %w", err)
	}
	api, err := newAPIClient(pki)
	if err != nil {
		return err
	}

	processes := &processes{ctx: ctx, extra: o.extra, ended: make(chan error, 16)}
	if err := processes.start(containerd(), etcd(), apiServer(pki)); err != nil {
		return err
	}
	if err := processes.await(90*time.Second, "API server", api.ready); err != nil {
		return err
	}
	if err := processes.start(controllerManager(pki), kubeScheduler(pki), nodeAgent(pki, node), kubeProxy(node), coreDNS()); err != nil {
		return err
	}
	go importImages(ctx)
	if err := processes.await(120*time.Second, "node", func() bool { return api.nodeReady(node) }); err != nil {
		return err
	}
	if err := pki.writeKubeconfig(kubeconfig, "admin"); err != nil {
		return err
	}
	fmt.Println(readyLine)
	return processes.wait()
}

// prepareHost makes the directories, the mount propagation, the address and the route that the components count on.
func prepareHost() error {
	for _, dir := range []string{imagesDir, tlsDir, logDir, filepath.Dir(kubeconfig), filepath.Dir(criSocket),
		"/etc/cni/net.d", "/etc/containerd", "/etc/coredns", "/var/lib/kubelet", "/var/lib/kube-proxy"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	// Volumes with mount propagation need a shared root; a host that refuses still runs everything else.
	_ = syscall.Mount("", "/", "", syscall.MS_SHARED|syscall.MS_REC, "")

	for _, setting := range [][]string{
		// CoreDNS runs on the host's network, so the cluster's DNS address must be one of the host's.
		{"address", "replace", dnsIP + "/32", "dev", "lo"},
		// What goes to a service before kube-proxy knows it must not leave the node: whoever answers outside would be
		// taken for the service for as long as the connection is kept.
		{"link", "add", servicesDevice, "type", "bridge"},
		{"link", "set", servicesDevice, "up"},
		{"route", "replace", serviceIPs, "dev", servicesDevice},
	} {
		if out, err := exec.Command("ip", setting...).CombinedOutput(); err != nil {
			return fmt.Errorf("ip %s: %w: %s", strings.Join(setting, " "), err, out)
		}
	}
	return nil
}
