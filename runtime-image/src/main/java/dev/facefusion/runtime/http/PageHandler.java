package dev.facefusion.runtime.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `GET /` and `GET /assets/{file}`: the page for trying the runtime, from the class path.
///
/// A browser asks whether its copy is still good each time, and is answered 304 without a body if
/// it is. The page gets nothing from anywhere but here, and no other page can show it in a frame.
public final class PageHandler implements Handler {

    private static final String INDEX = "index.html";
    private static final String FILE = "file";
    private static final List<String> FILES =
            List.of(
                    INDEX,
                    "api.js",
                    "dom.js",
                    "health.js",
                    "icon.svg",
                    "job.js",
                    "options.js",
                    "page.css",
                    "page.js",
                    "parts.css",
                    "problem.js",
                    "progress.js",
                    "result.js",
                    "slots.js");

    private static final String CONTENT_SECURITY_POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' blob:", // the pictures before they are sent, and the result
                    "media-src blob:", // and the videos
                    "connect-src 'self'",
                    "base-uri 'none'",
                    "form-action 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'");

    private static final List<Header> HEADERS =
            List.of(
                    HeaderValues.create("Content-Security-Policy", CONTENT_SECURITY_POLICY),
                    HeaderValues.create("X-Content-Type-Options", "nosniff"),
                    HeaderValues.create("Referrer-Policy", "no-referrer"),
                    HeaderValues.create("Cross-Origin-Opener-Policy", "same-origin"),
                    HeaderValues.create("Cross-Origin-Resource-Policy", "same-origin"),
                    HeaderValues.create(
                            "Permissions-Policy",
                            "camera=(), display-capture=(), geolocation=(), microphone=()"),
                    HeaderValues.create("Cache-Control", "no-cache"));

    private final Map<String, PageFile> files =
            FILES.stream()
                    .map(PageFile::read)
                    .collect(Collectors.toMap(PageFile::name, Function.identity()));

    private PageHandler() {}

    public static List<Endpoint> endpoints() {
        var handler = new PageHandler();
        return Stream.of("/", "/assets/{" + FILE + "}")
                .map(path -> new Endpoint(Method.GET, path, handler))
                .toList();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var name = request.path().pathParameters().first(FILE).orElse(INDEX);
        var file = files.get(name);
        if (file == null) {
            throw new RequestRefused(new Refusal.NoSuchPath(FILES));
        }
        HEADERS.forEach(response::header);
        response.header(RequestId.HEADER, RequestId.of(request))
                .header(HeaderNames.ETAG, file.etag());
        if (isFresh(request, file)) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else {
            response.header(HeaderNames.CONTENT_TYPE, file.mediaType()).send(file.content());
        }
    }

    // RFC 9110, 13.1.2: a list of tags, compared without regard to weakness, which a proxy that
    // compresses adds.
    private static boolean isFresh(ServerRequest request, PageFile file) {
        return request.headers().values(HeaderNames.IF_NONE_MATCH).stream()
                .flatMap(tags -> Arrays.stream(tags.split(",", -1)))
                .map(String::strip)
                .anyMatch(
                        tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals(file.etag()));
    }
}
