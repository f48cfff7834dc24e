package dev.facefusion.runtime.management;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.sun.net.httpserver.HttpExchange;
import dev.facefusion.runtime.health.HealthServer;
import dev.facefusion.runtime.management.Lifecycle.Progress;
import dev.facefusion.runtime.management.ModelReload.Outcome;
import dev.facefusion.runtime.token.PublishedKeys;
import dev.facefusion.runtime.token.TokenRules;
import dev.facefusion.runtime.token.TokenVerifier;
import dev.facefusion.runtime.token.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /drain`, `POST /restart` and `POST /models/reload` for the bearer of the right token: 202
/// with the progress, or what came of it.
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
    private static final String DRAIN = "/drain";
    private static final String RESTART = "/restart";
    private static final String RELOAD = "/models/reload";
    // The port drops a request that is not answered within two seconds.
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final TokenVerifier verifier;
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

    private ManagementHandler(TokenVerifier verifier, String instance) {
        this.verifier = verifier;
        this.instance = instance;
    }

    /// Adds the paths to the server, or none where nobody may use them.
    ///
    /// @param instance the id of this process, as its health report has it
    public static Optional<ManagementHandler> open(
            ManagementSettings settings,
            Lifecycle lifecycle,
            ModelReload models,
            String instance,
            HealthServer server) {
        return settings.subject()
                .map(subject -> {
                    var clock = InstantSource.system();
                    var keys = PublishedKeys.at(settings.keys(), settings.access(), clock);
                    var rules = TokenRules.forAudience(AUDIENCE).forSubject(subject);
                    var handler =
                            new ManagementHandler(new TokenVerifier(rules, keys, clock), instance);
                    handler.add(server, DRAIN, Map.of("POST", progress(lifecycle::drain)));
                    handler.add(server, RESTART, Map.of("POST", progress(lifecycle::restart)));
                    handler.add(
                            server,
                            RELOAD,
                            Map.of(
                                    "POST",
                                    () -> reload(models),
                                    "GET",
                                    () -> completedFuture(Reply.of(models.last()))));
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

    /// What is done for whom may have it done. Returns at once.
    private interface Action extends Supplier<CompletableFuture<Reply>> {}

    private static Action progress(Supplier<Progress> action) {
        return () -> completedFuture(Reply.accepted(action.get()));
    }

    private static CompletableFuture<Reply> reload(ModelReload models) {
        return models.begin()
                .copy()
                .completeOnTimeout(new Outcome.Loading(), PATIENCE.toMillis(), MILLISECONDS)
                .thenApplyAsync(Reply::reloading, Thread::startVirtualThread);
    }

    private void add(HealthServer server, String path, Map<String, Action> actions) {
        server.handle(path, exchange -> admit(exchange, path, actions));
    }

    private void admit(HttpExchange exchange, String path, Map<String, Action> actions)
            throws IOException {
        var action = actions.get(exchange.getRequestMethod());
        if (!path.equals(exchange.getRequestURI().getPath())) {
            Reply.notFound().send(exchange);
        } else if (action == null) {
            Reply.methodNotAllowed(actions.keySet()).send(exchange);
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

    private void answer(HttpExchange exchange, Action action) {
        try {
            var _ =
                    reply(exchange, action)
                            .whenComplete((reply, defect) -> {
                                if (defect == null) {
                                    send(reply, exchange);
                                } else {
                                    close(exchange, defect);
                                }
                            });
        } catch (RuntimeException e) {
            close(exchange, e);
        }
    }

    private static void send(Reply reply, HttpExchange exchange) {
        try {
            reply.send(exchange);
        } catch (IOException e) {
            exchange.close(); // the client is gone
        } catch (RuntimeException e) {
            close(exchange, e);
        }
    }

    private static void close(HttpExchange exchange, Throwable defect) {
        log.atError().setCause(defect).log("A management request failed by a defect");
        exchange.close();
    }

    private CompletableFuture<Reply> reply(HttpExchange exchange, Action action) {
        var header = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        if (header.size() != 1 || !isBearer(header.getFirst())) {
            return completedFuture(Reply.unauthenticated());
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
                yield completedFuture(Reply.otherInstance(instance, condition));
            }
            case Verdict.Verified verified -> {
                log.atInfo()
                        .addKeyValue("method", exchange.getRequestMethod())
                        .addKeyValue("path", path)
                        .addKeyValue("client", client)
                        .addKeyValue("subject", verified.subject())
                        .log("Management request accepted");
                yield action.get();
            }
            case Verdict.Rejected(var reason) -> {
                log.atWarn()
                        .addKeyValue("path", path)
                        .addKeyValue("client", client)
                        .addKeyValue("reason", reason)
                        .log("Management request refused");
                yield completedFuture(Reply.invalidToken());
            }
            case Verdict.Undecided _ -> completedFuture(Reply.undecided());
        };
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }
}
