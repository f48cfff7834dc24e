package dev.facefusion.runtime.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/// Finds contributors without running any of their code: a constructor may block, too.
final class Discovery {

    /// A manifest that names a million classes must not become a million threads.
    private static final int MOST = 64;

    private static final String SUFFIX = ".jar";

    private final List<ServiceLoader.Provider<HealthContributor>> found = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    private Discovery() {}

    /// @param providers in the order of the class path, then of the jars' names
    /// @param errors why something was not found: by jar, by directory, or by `class path`
    record Found(
            List<ServiceLoader.Provider<HealthContributor>> providers,
            Map<String, String> errors) {}

    static Found search(PluginSettings settings) {
        var discovery = new Discovery();
        discovery.search("class path", HealthContributor.class.getClassLoader());
        settings.directory().ifPresent(discovery::searchJars);
        return new Found(discovery.found, discovery.errors);
    }

    private void searchJars(Path directory) {
        List<Path> jars;
        try (var files = Files.list(directory)) {
            jars = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            errors.put(
                    directory.toString(),
                    "PLUGIN_DIR cannot be listed (%s)".formatted(e.getClass().getSimpleName()));
            return;
        }
        jars.forEach(this::searchJar);
    }

    private void searchJar(Path jar) {
        var name = jar.getFileName().toString();
        try (var _ = new JarFile(jar.toFile())) { // a class loader is silent about a broken jar
            var before = found.size();
            search(name, loader(jar));
            if (found.size() == before) {
                errors.putIfAbsent(name, "it names no HealthContributor under META-INF/services");
            }
        } catch (IOException e) {
            errors.put(name, "it cannot be opened as a jar (%s)".formatted(e.getClass().getName()));
        }
    }

    // Never closed: its classes are used until the process ends.
    private static URLClassLoader loader(Path jar) throws MalformedURLException {
        return new URLClassLoader(
                "plugin " + jar.getFileName(),
                new URL[] {jar.toUri().toURL()},
                HealthContributor.class.getClassLoader());
    }

    private void search(String where, ClassLoader loader) {
        var providers = ServiceLoader.load(HealthContributor.class, loader).stream().iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                var provider = providers.next();
                // A jar's loader finds its parent's providers again.
                if (loader.equals(provider.type().getClassLoader())) {
                    add(where, provider);
                }
            } catch (ServiceConfigurationError e) {
                errors.put(where, "a class it names cannot be used: " + e.getMessage());
            } catch (LinkageError e) {
                // Unlike the above, this one would be met again and again.
                errors.put(where, "a class it names cannot be linked: " + e);
                return;
            }
        }
    }

    private void add(String where, ServiceLoader.Provider<HealthContributor> provider) {
        if (found.size() < MOST) {
            found.add(provider);
        } else {
            errors.put(where, "more than %d contributors: the rest is left out".formatted(MOST));
        }
    }
}
