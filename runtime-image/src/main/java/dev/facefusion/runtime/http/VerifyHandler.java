package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.http.Multipart.Part;
import dev.facefusion.runtime.provenance.MarkReader;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import dev.facefusion.runtime.provenance.VerifyReport;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/// `POST /v1/verify`: which marks a picture carries, whoever wrote them. It needs no engine and
/// waits for nothing.
public final class VerifyHandler implements Handler {

    private static final String FILE = "file";

    private final UploadBudget uploads;
    private final TaskServer.Limits limits;

    private VerifyHandler(UploadBudget uploads, TaskServer.Limits limits) {
        this.uploads = uploads;
        this.limits = limits;
    }

    public static Endpoint endpoint(TaskServer.Limits limits) {
        var heap = Runtime.getRuntime().maxMemory() / 4; // swaps have their own share
        var uploads = UploadBudget.ofHeap(heap, limits.maxBodyBytes());
        return new Endpoint(Method.POST, "/v1/verify", new VerifyHandler(uploads, limits));
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        var boundary = SwapHandler.boundary(request);
        try (var _ = SwapHandler.reserve(request, uploads, limits)) {
            var parts = Multipart.parse(SwapHandler.body(request), boundary);
            var report = Responses.json(report(file(parts)));
            Responses.send(request, response, 200, "application/json", report);
        }
    }

    private static VerifyReport report(byte[] file) throws IOException {
        return switch (MarkReader.read(new ByteArrayInputStream(file))) {
            case Reading.Read(var report) -> report;
            case Reading.Empty _ -> throw bad(MediaFault.EMPTY, "The file has 0 bytes.");
            case Reading.Truncated _ ->
                    throw bad(
                            MediaFault.TRUNCATED,
                            "It ends or breaks before it can be known whether it is marked.");
            case Reading.Foreign _ ->
                    throw bad(MediaFault.UNSUPPORTED, "It is neither JPEG nor PNG.");
        };
    }

    private static byte[] file(List<Part> parts) {
        if (!parts.stream().map(Part::name).allMatch(FILE::equals)) {
            throw new RequestRefused(new Refusal.UnknownPart(List.of(FILE)));
        }
        return switch (parts.size()) {
            case 0 -> throw new RequestRefused(new Refusal.MissingPart(FILE));
            case 1 -> parts.getFirst().content();
            default -> throw new RequestRefused(new Refusal.RepeatedPart(FILE));
        };
    }

    private static RequestRefused bad(MediaFault fault, String detail) {
        return new RequestRefused(new Refusal.BadFile(fault, detail));
    }
}
