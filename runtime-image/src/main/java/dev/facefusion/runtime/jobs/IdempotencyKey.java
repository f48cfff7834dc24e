package dev.facefusion.runtime.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.upload.StoredFile;

/// A name that a client gives to a wish, so that asking twice starts one job.
///
/// @param text the client's own; another client's equal text is another key
/// @param fingerprint SHA-256 in lower-case hexadecimal digits over what was asked for with it: by
///   what it means, not by how its form is laid out
public record IdempotencyKey(String text, String fingerprint) {

    static IdempotencyKey of(String text, Submission wish) {
        var meaning =
                String.join(
                        "\n",
                        wish.film() == null
                                ? wish.options().toString()
                                : wish.options() + " " + wish.film(),
                        String.join(",", wish.sources().stream().map(StoredFile::sha256).toList()),
                        wish.target().sha256());
        return new IdempotencyKey(text, JobStore.sha256(meaning.getBytes(UTF_8)));
    }
}
