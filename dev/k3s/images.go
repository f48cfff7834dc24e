package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const packagedImages = "/usr/share/k3s/images"

// importImages loads every image archive placed in imagesDir, also those placed there later.
func importImages(ctx context.Context) {
	imported := map[string]time.Time{}
	for ctx.Err() == nil {
		packaged, _ := filepath.Glob(packagedImages + "/*.tar")
		placed, _ := filepath.Glob(imagesDir + "/*.tar*")
		for _, archive := range append(packaged, placed...) {
			info, err := os.Stat(archive)
			if err != nil || imported[archive].Equal(info.ModTime()) || time.Since(info.ModTime()) < time.Second {
				continue // gone, done, or still being written
			}
			out, err := exec.CommandContext(ctx, "ctr", "--address", criSocket, "--namespace", "k8s.io",
				"images", "import", archive).CombinedOutput()
			if err != nil {
				fmt.Fprintf(os.Stderr, "k3s: import %s: %v: %s\n", archive, err, out)
				continue // a later round tries again
			}
			fmt.Println("imported", archive)
			imported[archive] = info.ModTime()
		}
		time.Sleep(500 * time.Millisecond)
	}
}
