package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// processes are the cluster's components at work; the end of any of them is the end of all.
type processes struct {
	ctx   context.Context
	extra map[string]*listFlag
	ended chan error
}

// start starts components in this order, each with its output in a file of its own.
func (p *processes) start(components ...component) error {
	for _, c := range components {
		if more, known := p.extra[c.name]; known {
			for _, arg := range *more {
				c.args = append(c.args, "--"+arg)
			}
		}
		if err := p.startOne(c); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

func (p *processes) startOne(c component) error {
	log, err := os.Create(filepath.Join(logDir, c.name+".log"))
	if err != nil {
		return err
	}
	defer log.Close()
	program := "/proc/self/exe"
	if found, err := exec.LookPath(c.name); err == nil {
		program = found // containerd and CoreDNS are programs of their own
	}
	cmd := exec.CommandContext(p.ctx, program, c.args...)
	cmd.Args[0] = c.name
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return err
	}
	fmt.Println("started", c.name)
	go func() { p.ended <- fmt.Errorf("%s ended: %v\n%s", c.name, cmd.Wait(), tail(log.Name())) }()
	return nil
}

// await blocks until done says so, for at most limit; it fails at once when a component dies.
func (p *processes) await(limit time.Duration, what string, done func() bool) error {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	for !done() {
		select {
		case err := <-p.ended:
			return err
		case <-ctx.Done():
			return fmt.Errorf("%s not ready after %v; logs are in %s", what, limit, logDir)
		case <-time.After(200 * time.Millisecond):
		}
	}
	return nil
}

// wait blocks until the cluster is told to stop, or a component dies.
func (p *processes) wait() error {
	select {
	case err := <-p.ended:
		return err
	case <-p.ctx.Done():
		return nil
	}
}

func tail(file string) string {
	content, _ := os.ReadFile(file)
	return string(content[max(0, len(content)-2000):])
}
