package dev.facefusion.runtime.http;

import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.engine.media.MediaKind;
import dev.facefusion.runtime.jobs.Acceptance;
import dev.facefusion.runtime.jobs.Job;
import dev.facefusion.runtime.jobs.JobService;
import dev.facefusion.runtime.jobs.JobSettings;
import dev.facefusion.runtime.jobs.Submission;
import dev.facefusion.runtime.queue.Lane;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/jobs`: what [JobService] does, over HTTP.
public final class JobsHandler {

    private static final Logger log = LoggerFactory.getLogger(JobsHandler.class);

    private static final String ID = "id";
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final HeaderName REPLAYED = HeaderNames.create("Idempotent-Replayed");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final JobService jobs;
    private final FormReceiver forms;
    private final AuditLog audit;
    private final Duration timeout;
    private final BooleanSupplier takesVideos;

    private JobsHandler(
            JobService jobs,
            FormReceiver forms,
            AuditLog audit,
            Duration timeout,
            BooleanSupplier takesVideos) {
        this.jobs = jobs;
        this.forms = forms;
        this.audit = audit;
        this.timeout = timeout;
        this.takesVideos = takesVideos;
    }

    /// What is under `/v1/jobs`.
    ///
    /// @param takesVideos whether there is an ffmpeg, once tasks are taken
    public static List<Endpoint> endpoints(
            JobService jobs,
            FormReceiver forms,
            AuditLog audit,
            JobSettings settings,
            BooleanSupplier takesVideos) {
        var handler = new JobsHandler(jobs, forms, audit, settings.timeout(), takesVideos);
        var path = JobJson.PATH + "{" + ID + "}";
        return List.of(
                new Endpoint(Method.POST, "/v1/jobs", handler::accept),
                new Endpoint(Method.GET, path, handler::show),
                new Endpoint(Method.DELETE, path, handler::delete),
                new Endpoint(Method.GET, path + "/result", new JobResultHandler(jobs)),
                new Endpoint(
                        Method.GET, path + "/events", new JobEvents(jobs, settings.streams())));
    }

    /// The job that a request names, if it is the requesting client's.
    ///
    /// @throws RequestRefused if it is not
    static Job find(JobService jobs, ServerRequest request) {
        return jobs.find(Client.of(request).name(), request.path().pathParameters().get(ID))
                .orElseThrow(() -> new RequestRefused(new Refusal.NoSuchJob()));
    }

    private void accept(ServerRequest request, ServerResponse response) {
        var terms = Terms.of(request, Lane.BATCH, timeout);
        var client = Client.of(request).name();
        var key = key(request);
        jobs.refusal(client, terms.lane(), key)
                .ifPresent(why -> {
                    throw new RequestRefused(Refusal.of(why));
                });
        FormReceiver.boundary(request);
        try (var upload = forms.reserve(request)) {
            var form = forms.receiveSwap(request, upload);
            if (form.kind() == MediaKind.VIDEO && !takesVideos.getAsBoolean()) {
                throw new RequestRefused(new Refusal.NoVideos());
            }
            form.audit(audit, RequestId.of(request));
            var wish =
                    new Submission(
                            RequestId.of(request),
                            client,
                            terms.lane(),
                            form.options().toSwapOptions(),
                            form.film(),
                            form.sources(),
                            form.target(),
                            terms.patience(),
                            key.orElse(null));
            switch (jobs.accept(wish)) {
                case Acceptance.Accepted(var job) -> {
                    log.atInfo()
                            .addKeyValue("requestId", RequestId.of(request))
                            .addKeyValue("job", job.id())
                            .log("Job accepted");
                    accepted(request, response, job);
                }
                case Acceptance.Replayed(var job) -> {
                    response.header(REPLAYED, "true");
                    accepted(request, response, job);
                }
                case Acceptance.KeyReused() -> throw new RequestRefused(new Refusal.KeyReused());
                case Acceptance.Refused(var why) -> throw new RequestRefused(Refusal.of(why));
                case Acceptance.NoRoom(var budgetBytes) ->
                        throw new RequestRefused(new Refusal.JobsFull(budgetBytes));
                case Acceptance.DiskFailed() ->
                        throw new RequestRefused(new Refusal.JobDiskFailed());
            }
        }
    }

    private static Optional<String> key(ServerRequest request) {
        return request.headers()
                .first(IDEMPOTENCY_KEY)
                .map(text -> {
                    if (!KEY.matcher(text).matches()) {
                        throw new RequestRefused(
                                new Refusal.BadHeader(
                                        IDEMPOTENCY_KEY.defaultCase(),
                                        "1 to 128 visible ASCII characters"));
                    }
                    return text;
                });
    }

    private void accepted(ServerRequest request, ServerResponse response, Job job) {
        response.header(HeaderNames.LOCATION, JobJson.PATH + job.id());
        send(request, response, 202, job);
    }

    private void show(ServerRequest request, ServerResponse response) {
        send(request, response, 200, find(jobs, request));
    }

    private void delete(ServerRequest request, ServerResponse response) {
        try {
            send(request, response, 200, jobs.delete(find(jobs, request)));
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("requestId", RequestId.of(request))
                    .setCause(e)
                    .log("Job not deleted: the disk failed");
            throw new RequestRefused(new Refusal.JobDiskFailed());
        }
    }

    private void send(ServerRequest request, ServerResponse response, int status, Job job) {
        var json = JobJson.of(job, jobs.position(job));
        Responses.send(request, response, status, "application/json", Responses.json(json));
    }
}
