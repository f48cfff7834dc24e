package dev.facefusion.runtime.http;

import dev.facefusion.runtime.queue.Lane;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;

/// What the headers of a request say about its task: `X-Priority` and `X-Deadline-Ms`.
///
/// @param patience from now to the result
record Terms(Lane lane, Duration patience) {

    private static final HeaderName PRIORITY = HeaderNames.create("X-Priority");
    private static final HeaderName DEADLINE = HeaderNames.create("X-Deadline-Ms");

    /// @param lane where no priority is asked for
    /// @param longest patience, and the one where no deadline is asked for
    /// @throws RequestRefused if a header cannot be used
    static Terms of(ServerRequest request, Lane lane, Duration longest) {
        return new Terms(
                request.headers().first(PRIORITY).map(Terms::lane).orElse(lane),
                request.headers()
                        .first(DEADLINE)
                        .map(value -> patience(value, longest))
                        .orElse(longest));
    }

    private static Lane lane(String value) {
        return switch (value.strip()) {
            case "interactive" -> Lane.INTERACTIVE;
            case "batch" -> Lane.BATCH;
            default ->
                    throw new RequestRefused(
                            new Refusal.BadHeader(PRIORITY.defaultCase(), "interactive or batch"));
        };
    }

    private static Duration patience(String value, Duration longest) {
        try {
            var millis = Long.parseLong(value.strip());
            if (millis >= 1 && millis <= longest.toMillis()) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException _) {
            // said below, together with a number out of range
        }
        throw new RequestRefused(
                new Refusal.BadHeader(
                        DEADLINE.defaultCase(),
                        "a whole number from 1 to %d".formatted(longest.toMillis())));
    }
}
