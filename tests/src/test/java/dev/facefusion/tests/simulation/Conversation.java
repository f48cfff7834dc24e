package dev.facefusion.tests.simulation;

import dev.facefusion.tests.simulation.Behaviour.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What a pod says on one connection, request by request.
final class Conversation {
    private static final String NOTHING = "";
    private static final String RUBBISH = "<html>It works!</html>";

    private final SimulatedPod pod;
    private final Deed.Listener deeds;

    private record Response(int status, String body) {}

    Conversation(SimulatedPod pod, Deed.Listener deeds) {
        this.pod = pod;
        this.deeds = deeds;
    }

    /// @param reachable whether what is said still arrives
    void hold(Socket connection, BooleanSupplier reachable) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        for (Optional<Request> request = Request.read(in);
                request.isPresent();
                request = Request.read(in)) {
            if (!reachable.getAsBoolean() || pod.behaviour().kind() == Kind.SILENT) {
                in.readAllBytes(); // until whoever asks gives up
                return;
            }
            Response response = answer(request.get());
            connection.getOutputStream().write(bytes(response));
        }
    }

    private Response answer(Request request) {
        return switch (pod.behaviour().kind()) {
            case RUBBISH -> new Response(200, RUBBISH);
            case FAILING -> new Response(503, NOTHING);
            case HEALTHY,
                    SLOW,
                    HUNG,
                    REFUSING,
                    UNREACHABLE,
                    SILENT,
                    MEMORY,
                    CPU_FALLBACK,
                    LOADING,
                    GPU_LOST ->
                    answerInTurn(request);
        };
    }

    private Response answerInTurn(Request request) {
        HealthReport health = pod.health(Instant.now());
        return switch (request.method() + " " + request.path()) {
            case "GET /health" -> new Response(200, health.json());
            case "GET /ready" -> new Response(health.ready() ? 200 : 503, health.readiness());
            case "POST /drain", "POST /restart" -> act(request, health.instance());
            default -> new Response(404, NOTHING);
        };
    }

    private Response act(Request request, String instance) {
        String verb = request.path().substring(1);
        int status = status(request, verb);
        deeds.accept(new Deed(pod.identity(), verb, instance, status));
        return new Response(status, NOTHING);
    }

    private int status(Request request, String verb) {
        if (request.header("authorization").filter(Conversation::bearer).isEmpty()) {
            return 401;
        }
        Optional<String> expected =
                request.header("if-match").map(value -> value.replace("\"", ""));
        Instant now = Instant.now();
        return (verb.equals("drain") ? pod.drain(expected, now) : pod.restart(expected, now))
                .status();
    }

    private static boolean bearer(String authorization) {
        return authorization.startsWith("Bearer ") && authorization.length() > "Bearer ".length();
    }

    private static byte[] bytes(Response response) {
        return """
        HTTP/1.1 %d Simulated\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
                .formatted(
                        response.status(),
                        response.body().getBytes(StandardCharsets.UTF_8).length,
                        response.body())
                .getBytes(StandardCharsets.UTF_8);
    }
}
