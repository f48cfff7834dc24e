import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

// More than the calls after which Java compiles for the last time (Tier4InvocationThreshold, 5,000).
static final int QUESTIONS = 12_000;

/// Makes the image's AOT cache: serves until a face is swapped in a picture and in a video, and its health was asked for
/// often enough that Java compiles what answers, and ends as a pod does, by SIGTERM. A pod then compiles it at the first
/// questions and frames. The Java that serves writes the cache when it exits. A swap that fails ends the image's build.
///
///     java Training.java DIRECTORY-OF-PHOTOS VIDEO COMMAND [ARGUMENT …]
void main(String... arguments) throws IOException, InterruptedException {
    var photos = Path.of(arguments[0]);
    var video = Path.of(arguments[1]);
    var command = Arrays.asList(arguments).subList(2, arguments.length);
    var runtime = new ProcessBuilder(command).inheritIO().start();
    try (var client = HttpClient.newHttpClient()) {
        awaitReady(client, runtime);
        var source = photos.resolve("astronaut.png");
        send(client, swap("/v1/swap", source, photos.resolve("grace_hopper.jpg")), 200);
        var job = send(client, swap("/v1/jobs", source, video), 202).headers().firstValue("Location").orElseThrow();
        send(client, get(job + "/events"), 200); // until the job has ended
        send(client, get(job + "/result"), 200);
        var health = HttpRequest.newBuilder(URI.create("http://localhost:8080/health")).build();
        for (var i = 0; i < QUESTIONS; i++) {
            client.send(health, BodyHandlers.discarding());
        }
    } finally {
        runtime.destroy();
    }
    System.exit(runtime.waitFor());
}

void awaitReady(HttpClient client, Process runtime) throws InterruptedException {
    var ready = HttpRequest.newBuilder(URI.create("http://localhost:8080/ready")).build();
    while (runtime.isAlive()) {
        try {
            if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                return;
            }
        } catch (IOException _) {
            // The port is not open yet.
        }
        Thread.sleep(Duration.ofMillis(100));
    }
    throw new IllegalStateException("the runtime ended before it was ready");
}

HttpResponse<Void> send(HttpClient client, HttpRequest request, int expected) throws IOException, InterruptedException {
    var response = client.send(request, BodyHandlers.discarding());
    if (response.statusCode() != expected) {
        throw new IllegalStateException(request + " was answered " + response.statusCode());
    }
    return response;
}

HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:8000" + path)).build();
}

HttpRequest swap(String path, Path source, Path target) throws IOException {
    return HttpRequest.newBuilder(URI.create("http://localhost:8000" + path))
            .header("Content-Type", "multipart/form-data; boundary=part")
            .POST(
                    BodyPublishers.concat(
                            part("source", source),
                            part("target", target),
                            BodyPublishers.ofString(
                                    "--part\r\nContent-Disposition: form-data; name=\"consent\"\r\n\r\ntraining\r\n"),
                            BodyPublishers.ofString("--part--\r\n")))
            .build();
}

BodyPublisher part(String name, Path file) throws IOException {
    return BodyPublishers.concat(
            BodyPublishers.ofString(
                    "--part\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
                            .formatted(name, file.getFileName())),
            BodyPublishers.ofFile(file),
            BodyPublishers.ofString("\r\n"));
}
