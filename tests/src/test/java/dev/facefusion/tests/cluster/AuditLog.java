package dev.facefusion.tests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The operator's requests as the API server recorded them, oldest first.
public record AuditLog(List<Request> requests) {
    private static final Set<String> WRITES =
            Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final String DECISION = "authorization.k8s.io/decision";
    private static final ObjectMapper JSON = new ObjectMapper();

    public AuditLog {
        requests = List.copyOf(requests);
    }

    static AuditLog read(InputStream log) throws IOException {
        String text = new String(log.readAllBytes(), StandardCharsets.UTF_8);
        // The server may be writing the last line just now.
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        return new AuditLog(complete.lines().map(AuditLog::parse).toList());
    }

    private static Request parse(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            JsonNode object = event.path("objectRef");
            return new Request(
                    event.path("verb").asText(),
                    object.path("resource").asText(),
                    object.path("subresource").asText(),
                    object.path("namespace").asText(),
                    object.path("name").asText(),
                    event.path("annotations").path(DECISION).asText().equals("forbid"));
        } catch (IOException e) {
            throw new UncheckedIOException("not an audit event: " + line, e);
        }
    }

    /// Changes in a namespace, and only those that came after an earlier reading.
    public List<Request> writesSince(AuditLog earlier, String namespace) {
        return requests.stream()
                .skip(earlier.requests.size())
                .filter(request -> WRITES.contains(request.verb()))
                .filter(request -> request.namespace().equals(namespace))
                .toList();
    }

    /// What the chart's roles did not allow.
    List<Request> forbidden() {
        return requests.stream().filter(Request::forbidden).toList();
    }

    /// One request; what does not apply is an empty string.
    public record Request(
            String verb,
            String resource,
            String subresource,
            String namespace,
            String name,
            boolean forbidden) {}
}
