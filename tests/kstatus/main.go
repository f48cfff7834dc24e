// Command kstatus reads Kubernetes resources as JSON, one after the other, from the files that it is given or else from
// its input, and prints for each on a line of its own what kstatus makes of it: Current, InProgress, Failed, Terminating.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(files []string) error {
	if len(files) == 0 {
		return judge(os.Stdin)
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := judge(file); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func judge(documents io.Reader) error {
	decoder := json.NewDecoder(documents)
	for {
		resource := &unstructured.Unstructured{}
		if err := decoder.Decode(resource); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		result, err := status.Compute(resource)
		if err != nil {
			return err
		}
		fmt.Println(result.Status)
	}
}
