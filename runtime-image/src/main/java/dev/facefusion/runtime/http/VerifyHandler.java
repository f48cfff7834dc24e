package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.provenance.MarkReader;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import dev.facefusion.runtime.provenance.VerifyReport;
import dev.facefusion.runtime.upload.FormRules;
import dev.facefusion.runtime.upload.ReceivedForm;
import dev.facefusion.runtime.upload.StoredFile;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/// `POST /v1/verify`: which marks a picture carries, whoever wrote them. It needs no engine and
/// waits for nothing.
public final class VerifyHandler implements Handler {

    private static final String FILE = "file";
    private static final FormRules RULES = new FormRules(List.of(FILE), List.of());

    private final FormReceiver forms;

    private VerifyHandler(FormReceiver forms) {
        this.forms = forms;
    }

    public static Endpoint endpoint(FormReceiver forms) {
        return new Endpoint(Method.POST, "/v1/verify", new VerifyHandler(forms));
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        FormReceiver.boundary(request);
        try (var upload = forms.reserve(request)) {
            var form = forms.receive(request, upload, RULES);
            var report = Responses.json(report(file(form)));
            Responses.send(request, response, 200, "application/json", report);
        }
    }

    private static VerifyReport report(StoredFile file) throws IOException {
        try (var content = Files.newInputStream(file.path())) {
            return report(content);
        }
    }

    private static VerifyReport report(InputStream file) throws IOException {
        return switch (MarkReader.read(file)) {
            case Reading.Read(var report) -> report;
            case Reading.Empty _ -> throw bad(MediaFault.EMPTY, "The file has 0 bytes.");
            case Reading.Truncated _ ->
                    throw bad(
                            MediaFault.TRUNCATED,
                            "It ends or breaks before it can be known whether it is marked.");
            case Reading.Foreign _ ->
                    throw bad(MediaFault.UNSUPPORTED, "It is of no format that carries marks.");
        };
    }

    private static StoredFile file(ReceivedForm form) {
        return form.file(FILE).orElseThrow(() -> new RequestRefused(new Refusal.MissingPart(FILE)));
    }

    private static RequestRefused bad(MediaFault fault, String detail) {
        return new RequestRefused(new Refusal.BadFile(fault, detail));
    }
}
