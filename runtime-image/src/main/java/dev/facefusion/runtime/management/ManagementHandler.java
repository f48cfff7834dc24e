package dev.facefusion.runtime.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.facefusion.runtime.health.HealthServer;
import dev.facefusion.runtime.management.Lifecycle.Progress;
import dev.facefusion.runtime.token.PublishedKeys;
import dev.facefusion.runtime.token.TokenRules;
import dev.facefusion.runtime.token.TokenVerifier;
import dev.facefusion.runtime.token.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /drain` and `POST /restart`: 202 with the progress for the bearer of the right token.
///
/// Health's threads only count the request; a thread of its own judges the token, which may have to
/// ask for keys first. What comes faster than it can judge is turned away unread. A request that
/// says by `If-Match` that it is for another instance gets 412, and nothing is done.
public final class ManagementHandler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ManagementHandler.class);

    private static final String AUDIENCE = "facefusion-runtime";
    private static final Duration LAST_ANSWER = Duration.ofSeconds(1);
    private static final String BEARER = "Bearer ";
    private static final int MAY_WAIT = 16;

    private final TokenVerifier verifier;
    private final Lifecycle lifecycle;
    private final String instance;
    private final RequestBudget budget = new RequestBudget(System::nanoTime);
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAY_WAIT),
                    Thread.ofPlatform().daemon().name("management-http").factory());

    private ManagementHandler(TokenVerifier verifier, Lifecycle lifecycle, String instance) {
        this.verifier = verifier;
        this.lifecycle = lifecycle;
        this.instance = instance;
    }

    /// Adds both paths to the server, or none where nobody may use them.
    ///
    /// @param instance the id of this process, as its health report has it
    public static Optional<ManagementHandler> open(
            ManagementSettings settings,
            Lifecycle lifecycle,
            String instance,
            HealthServer server) {
        return settings.subject()
                .map(subject -> {
                    var clock = InstantSource.system();
                    var keys = PublishedKeys.at(settings.keys(), settings.access(), clock);
                    var rules = TokenRules.forAudience(AUDIENCE).forSubject(subject);
                    var handler =
                            new ManagementHandler(
                                    new TokenVerifier(rules, keys, clock), lifecycle, instance);
                    server.handle("/drain", handler.endpoint("/drain", Lifecycle::drain));
                    server.handle("/restart", handler.endpoint("/restart", Lifecycle::restart));
                    handler.thread.execute(keys::load);
                    return handler;
                });
    }

    /// Sends the answer that is being written.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private HttpHandler endpoint(String path, Function<Lifecycle, Progress> action) {
        return exchange -> admit(exchange, path, action);
    }

    private void admit(HttpExchange exchange, String path, Function<Lifecycle, Progress> action)
            throws IOException {
        if (!path.equals(exchange.getRequestURI().getPath())) {
            Reply.notFound().send(exchange);
        } else if (!exchange.getRequestMethod().equals("POST")) {
            Reply.methodNotAllowed().send(exchange);
        } else if (!budget.admits(exchange.getRemoteAddress().getAddress())) {
            Reply.tooManyRequests().send(exchange);
        } else {
            try {
                thread.execute(() -> answer(exchange, action));
            } catch (RejectedExecutionException _) {
                Reply.tooManyRequests().send(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange, Function<Lifecycle, Progress> action) {
        try {
            reply(exchange, action).send(exchange);
        } catch (IOException e) {
            exchange.close(); // the client is gone
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A management request failed by a defect");
            exchange.close();
        }
    }

    private Reply reply(HttpExchange exchange, Function<Lifecycle, Progress> action) {
        var header = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        if (header.size() != 1 || !isBearer(header.getFirst())) {
            return Reply.unauthenticated();
        }
        var client = exchange.getRemoteAddress().getAddress().getHostAddress();
        var path = exchange.getRequestURI().getPath();
        var condition =
                new IfMatch(exchange.getRequestHeaders().getOrDefault("If-Match", List.of()));
        return switch (verifier.verify(header.getFirst().substring(BEARER.length()).strip())) {
            case Verdict.Verified _ when !condition.admits(instance) -> {
                log.atInfo()
                        .addKeyValue("path", path)
                        .addKeyValue("client", client)
                        .log("Management request is for another instance");
                yield Reply.otherInstance(instance, condition);
            }
            case Verdict.Verified verified -> {
                var progress = action.apply(lifecycle);
                log.atInfo()
                        .addKeyValue("path", path)
                        .addKeyValue("client", client)
                        .addKeyValue("subject", verified.subject())
                        .addKeyValue("state", progress.state())
                        .log("Management request accepted");
                yield Reply.accepted(progress);
            }
            case Verdict.Rejected(var reason) -> {
                log.atWarn()
                        .addKeyValue("path", path)
                        .addKeyValue("client", client)
                        .addKeyValue("reason", reason)
                        .log("Management request refused");
                yield Reply.invalidToken();
            }
            case Verdict.Undecided _ -> Reply.undecided();
        };
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }
}
