package dev.facefusion.runtime.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Every endpoint of the task API. What is not in the list is answered by a problem that names what
/// is: another path with 404, another method of a known path with 405.
final class Endpoints {

    private final List<Endpoint> endpoints;

    Endpoints(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    void route(HttpRouting.Builder routing) {
        endpoints.forEach(
                endpoint -> routing.route(endpoint.method(), endpoint.path(), endpoint.handler()));
        var byPath =
                endpoints.stream()
                        .collect(
                                groupingBy(
                                        Endpoint::path,
                                        LinkedHashMap::new,
                                        Collectors.mapping(
                                                endpoint -> endpoint.method().text(),
                                                joining(", "))));
        byPath.forEach(
                (path, methods) -> routing.any(path, refusing(new Refusal.WrongMethod(methods))));
        routing.any(refusing(new Refusal.NoSuchPath(List.copyOf(byPath.keySet()))));
    }

    private static Handler refusing(Refusal refusal) {
        return (_, _) -> {
            throw new RequestRefused(refusal);
        };
    }
}
