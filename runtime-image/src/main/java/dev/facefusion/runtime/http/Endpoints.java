package dev.facefusion.runtime.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.facefusion.runtime.http.Endpoint.Access;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Every endpoint of the task API. What is not in the list is answered by a problem that names what
/// is: another path with 404, another method of a known path with 405.
final class Endpoints {

    private static final String TEMPLATE = Endpoints.class.getName() + ".template";

    private final List<Endpoint> endpoints;
    private final Door door;

    Endpoints(List<Endpoint> endpoints, Door door) {
        this.endpoints = List.copyOf(endpoints);
        this.door = door;
    }

    /// The path of the endpoint that a request came to, such as `/v1/jobs/{id}`; `-` if it came to
    /// none.
    static String templateOf(ServerRequest request) {
        return request.context().get(TEMPLATE, String.class).orElse("-");
    }

    void route(HttpRouting.Builder routing) {
        endpoints.forEach(
                endpoint -> routing.route(endpoint.method(), endpoint.path(), guarded(endpoint)));
        var byPath =
                endpoints.stream()
                        .collect(
                                groupingBy(
                                        Endpoint::path,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                endpoint -> endpoint.method().text(),
                                                joining(", "))));
        byPath.forEach((path, methods) ->
                routing.any(path, refusing(path, new Refusal.WrongMethod(methods))));
        routing.any(refusing("-", new Refusal.NoSuchPath(List.copyOf(byPath.keySet()))));
    }

    // By the route that matched, not by the path that was sent: two readings of one path cannot
    // open a door.
    private Handler guarded(Endpoint endpoint) {
        return (request, response) -> {
            request.context().register(TEMPLATE, endpoint.path());
            door.admit(request, endpoint.access());
            endpoint.handler().handle(request, response);
        };
    }

    private Handler refusing(String template, Refusal refusal) {
        return (request, _) -> {
            request.context().register(TEMPLATE, template);
            door.admit(request, Access.KNOWN_CLIENTS);
            throw new RequestRefused(refusal);
        };
    }
}
