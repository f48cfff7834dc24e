package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.ApiDescription;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The description that a running server gives, and the endpoints that it has: no more, no less.
@Timeout(60)
class ApiDescriptionIT {

    @Test
    void describesExactlyTheEndpointsThatAreThere() throws Exception {
        // given
        try (var server = RunningServer.start(Map.of(), FakeEngine.warm()).awaitReady()) {

            // when
            var operations = new TreeSet<String>();
            for (var path : paths(server)) {
                for (var method : methods(server, path)) {
                    operations.add(method + " " + path);
                }
            }

            // then
            assertThat(operations).isEqualTo(new TreeSet<>(ApiDescription.operations()));
        }
    }

    @Test
    void servesItAsYaml() throws Exception {
        // given
        try (var server = RunningServer.start(Map.of(), FakeEngine.warm())) {

            // when
            var response = server.send(HttpRequest.newBuilder(server.api("/openapi.yaml")).build());

            // then
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/yaml");
            assertThat(new String(response.body(), UTF_8)).contains("openapi: 3.1.0");
        }
    }

    // A path that is not there is answered with those that are.
    private static Set<String> paths(RunningServer server) throws Exception {
        var answer = RunningServer.json(any(server, "GET", "/no/such/path"));
        var remedy = answer.get("remedy").asText();
        return Set.of(remedy.replaceFirst("^Use ", "").replaceFirst("\\.$", "").split(", ", -1));
    }

    // A method that no path has is answered with those that it has.
    private static Set<String> methods(RunningServer server, String path) throws Exception {
        var response = any(server, "PATCH", path.replaceAll("\\{\\w+}", "x"));
        assertThat(response.statusCode()).as(path).isEqualTo(405);
        var allowed = response.headers().firstValue("Allow").orElseThrow();
        return Set.copyOf(Arrays.asList(allowed.split(", ", -1)));
    }

    private static HttpResponse<byte[]> any(RunningServer server, String method, String path)
            throws Exception {
        return server.send(
                HttpRequest.newBuilder(server.api(path))
                        .method(method, BodyPublishers.noBody())
                        .build());
    }
}
