package dev.facefusion.tests.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/// What a run can be told by system property or environment variable.
///
/// @param k3sImage `K3S_IMAGE`: the Kubernetes to test on
/// @param imagesDir `IMAGES_DIR`: the folder with the archives of our own images
record Settings(String k3sImage, Path imagesDir) {
    static Settings read() {
        return new Settings(
                setting("K3S_IMAGE", "rancher/k3s:v1.34.4-k3s1"),
                Path.of(setting("IMAGES_DIR", "../target/images")));
    }

    Path operatorImage() {
        return archive("operator.tar");
    }

    Path runtimeImage() {
        return archive("runtime.tar");
    }

    private Path archive(String name) {
        Path archive = imagesDir.resolve(name).toAbsolutePath().normalize();
        if (!Files.isRegularFile(archive)) {
            throw new IllegalStateException(
                    "There is no image archive %s: dev/verify builds it.".formatted(archive));
        }
        return archive;
    }

    private static String setting(String name, String standard) {
        return System.getProperty(name, System.getenv().getOrDefault(name, standard));
    }
}
