package dev.facefusion.runtime.http;

import dev.facefusion.runtime.provenance.ConsentPolicy;
import dev.facefusion.runtime.upload.FormException;
import dev.facefusion.runtime.upload.FormFault;
import dev.facefusion.runtime.upload.FormRules;
import dev.facefusion.runtime.upload.MultipartParser;
import dev.facefusion.runtime.upload.ReceivedForm;
import dev.facefusion.runtime.upload.Upload;
import dev.facefusion.runtime.upload.UploadStore;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/// Streams the form of a request to files.
///
/// @param maxBodyBytes of one request
/// @param consent whether a swap needs a reference to it
public record FormReceiver(UploadStore uploads, long maxBodyBytes, ConsentPolicy consent) {

    /// A boundary that the request's content type names.
    ///
    /// @throws RequestRefused if it is not that of a form
    static String boundary(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .flatMap(MultipartParser::boundary)
                .orElseThrow(() -> new RequestRefused(new Refusal.NotAForm()));
    }

    /// Room on the disk for the request's body. One in chunks does not say its size: it may take
    /// what a body may take.
    ///
    /// @throws RequestRefused if there is none
    Upload reserve(ServerRequest request) {
        var bytes = request.headers().contentLength().orElse(maxBodyBytes);
        return uploads.reserve(bytes)
                .orElseThrow(() -> new RequestRefused(new Refusal.UploadsFull()));
    }

    /// Receives the form of a swap.
    ///
    /// @throws RequestRefused if it is not as it must be, or lacks the consent that is required
    /// @throws CloseConnectionException if the client hung up or fell silent
    SwapForm receiveSwap(ServerRequest request, Upload upload) {
        return SwapForm.of(receive(request, upload, SwapForm.RULES), upload, consent);
    }

    /// Receives a form.
    ///
    /// @throws RequestRefused if it is not as the rules want it
    /// @throws CloseConnectionException if the client hung up or fell silent
    ReceivedForm receive(ServerRequest request, Upload upload, FormRules rules) {
        try (var body = request.content().inputStream()) {
            return upload.receive(body, boundary(request), rules);
        } catch (FormException e) {
            throw new RequestRefused(refusal(e.fault(), rules));
        } catch (IOException | UncheckedIOException | InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the client hung up or fell silent", e);
        }
    }

    private static Refusal refusal(FormFault fault, FormRules rules) {
        return switch (fault) {
            case FormFault.Malformed(var detail) -> new Refusal.MalformedForm(detail);
            case FormFault.UnknownPart() -> new Refusal.UnknownPart(names(rules));
            case FormFault.RepeatedPart(var name) -> new Refusal.RepeatedPart(name);
            case FormFault.FieldTooLarge(var name, var max) -> new Refusal.FieldTooLarge(name, max);
            case FormFault.TooLarge(var max) -> new Refusal.BodyTooLarge(max);
            case FormFault.DiskFull() -> new Refusal.DiskFull();
        };
    }

    private static List<String> names(FormRules rules) {
        return Stream.concat(rules.files().stream(), rules.texts().stream()).toList();
    }
}
