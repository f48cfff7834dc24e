package dev.facefusion.runtime.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Builds plug-ins as a person would: compiled against the runtime, packed with a service file.
final class PluginJar {

    private static final String SERVICE =
            "META-INF/services/dev.facefusion.runtime.plugin.HealthContributor";

    private PluginJar() {}

    /// A jar whose only class is `org.example.{type}`.
    static void write(Path jar, String type, String source) throws IOException {
        var classes = compile(jar.resolveSibling(jar.getFileName() + ".classes"), type, source);
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            add(out, SERVICE, ("org.example." + type + "\n").getBytes(UTF_8));
            for (var file : files.filter(Files::isRegularFile).toList()) {
                add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /// A jar that names a class which it does not hold.
    static void writeWithoutClass(Path jar, String type) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(out, SERVICE, (type + "\n").getBytes(UTF_8));
        }
    }

    /// A contributor with the name and the unit `{name}` and ``, and these members.
    static String contributor(String type, String name, String members) {
        return """
        package org.example;

        import dev.facefusion.runtime.plugin.*;
        import java.util.Optional;

        public final class %s implements HealthContributor {
            @Override
            public String name() {
                return %s;
            }

            %s
        }
        """
                .formatted(type, name, members);
    }

    static String returning(String expression) {
        return """
        @Override
        public Optional<HealthValue> value(RuntimeView runtime) throws Exception {
            return %s;
        }
        """
                .formatted(expression);
    }

    private static Path compile(Path to, String type, String source) throws IOException {
        Files.createDirectories(to);
        var complaints = new StringWriter();
        var done =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                complaints,
                                null,
                                null,
                                List.of("-d", to.toString(), "-proc:none"),
                                null,
                                List.of(
                                        new SimpleJavaFileObject(
                                                URI.create(
                                                        "string:///org/example/" + type + ".java"),
                                                JavaFileObject.Kind.SOURCE) {
                                            @Override
                                            public CharSequence getCharContent(boolean lenient) {
                                                return source;
                                            }
                                        }))
                        .call();
        if (!done) {
            throw new IllegalArgumentException(complaints + "\n" + source);
        }
        return to;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
