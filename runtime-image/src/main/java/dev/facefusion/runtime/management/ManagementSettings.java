package dev.facefusion.runtime.management;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.token.KeyAccess;
import dev.facefusion.runtime.token.KeyLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/// Who may drain and restart this process.
///
/// @param subject the service account, as tokens name it: `system:serviceaccount:NAMESPACE:NAME`;
///   nobody, if empty
/// @param keys whose word about the bearer counts
public record ManagementSettings(
        Optional<String> subject, KeyLocation.KubernetesApi keys, KeyAccess access) {

    private static final String API_SERVER = "MANAGEMENT_API_SERVER";
    // Where Kubernetes puts both, in any pod that is given them.
    private static final Path IN_CLUSTER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /// The settings of this process.
    ///
    /// @throws ConfigException for the first variable that cannot be used
    public static ManagementSettings from(Environment environment) {
        return new ManagementSettings(
                environment.text("MANAGEMENT_SUBJECT"),
                apiServer(environment.text(API_SERVER).orElse("https://kubernetes.default.svc")),
                new KeyAccess(
                        file(environment, "MANAGEMENT_CA_FILE", "ca.crt"),
                        file(environment, "MANAGEMENT_TOKEN_FILE", "token")));
    }

    private static Optional<Path> file(Environment environment, String variable, String name) {
        return Optional.of(environment.path(variable).orElse(IN_CLUSTER.resolve(name)));
    }

    private static KeyLocation.KubernetesApi apiServer(String address) {
        try {
            return new KeyLocation.KubernetesApi(new URI(address));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ConfigException(
                    "%s is \"%s\". Set it to the https address of a Kubernetes API server, or leave it out."
                            .formatted(API_SERVER, address));
        }
    }
}
