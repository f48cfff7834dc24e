package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.http.Multipart.Part;
import java.util.List;
import java.util.Optional;

/// The form of `POST /v1/swap`: a source, a target, and options as JSON.
final class SwapForm {

    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String OPTIONS = "options";
    private static final List<String> PARTS = List.of(SOURCE, TARGET, OPTIONS);

    private SwapForm() {}

    /// @throws RequestRefused if a part is missing, repeated or unknown, or an option is wrong
    static SwapRequest read(List<Part> parts) {
        if (!parts.stream().map(Part::name).allMatch(PARTS::contains)) {
            throw new RequestRefused(new Refusal.UnknownPart(PARTS));
        }
        return new SwapRequest(
                required(parts, SOURCE),
                required(parts, TARGET),
                only(parts, OPTIONS).map(SwapOptionsJson::read).orElseGet(SwapOptions::defaults));
    }

    private static byte[] required(List<Part> parts, String name) {
        return only(parts, name)
                .orElseThrow(() -> new RequestRefused(new Refusal.MissingPart(name)));
    }

    private static Optional<byte[]> only(List<Part> parts, String name) {
        var named = parts.stream().filter(part -> part.name().equals(name)).toList();
        if (named.size() > 1) {
            throw new RequestRefused(new Refusal.RepeatedPart(name));
        }
        return named.stream().map(Part::content).findFirst();
    }
}
