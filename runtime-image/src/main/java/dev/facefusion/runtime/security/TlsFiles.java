package dev.facefusion.runtime.security;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the certificate of the task API's port is, as PEM.
///
/// @param certificate the chain, the server's own first
/// @param key PKCS#8, or PKCS#1 for RSA; not encrypted
/// @param clientAuthorities who may have signed a client's certificate; every client needs one then
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthorities) {

    /// The files that the variables name, if any.
    ///
    /// @throws ConfigException if one of the files is named without the others that it needs
    static Optional<TlsFiles> from(Environment environment) {
        var certificate = environment.path("TLS_CERT_FILE");
        var key = environment.path("TLS_KEY_FILE");
        var clients = environment.path("TLS_CLIENT_CA_FILE");
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigException(
                    "TLS_CERT_FILE and TLS_KEY_FILE belong together. Set both, or neither.");
        }
        if (clients.isPresent() && certificate.isEmpty()) {
            throw new ConfigException(
                    "TLS_CLIENT_CA_FILE is set without TLS_CERT_FILE and TLS_KEY_FILE. Set them too.");
        }
        return certificate.map(file -> new TlsFiles(file, key.orElseThrow(), clients));
    }

    /// All of them: certificate, key, and the authorities if there are any.
    public List<Path> all() {
        var files = new ArrayList<>(List.of(certificate, key));
        clientAuthorities.ifPresent(files::add);
        return files;
    }
}
