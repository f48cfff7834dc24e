package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/// Whether a swap must come with a reference to the consent of the people shown.
///
/// A reference is any text of 1 to 256 characters that are not all blank. What it refers to is the
/// deployment's business: nobody here can check it.
public enum ConsentPolicy {
    REQUIRED,
    OPTIONAL;

    private static final int MAX_CHARACTERS = 256;

    /// What the environment asks for.
    ///
    /// @throws ConfigException if the variable cannot be used
    public static ConsentPolicy from(Environment environment) {
        return switch (environment.oneOf("CONSENT", List.of("required", "optional"))) {
            case "optional" -> OPTIONAL;
            default -> REQUIRED;
        };
    }

    /// Whether a request may go on with this reference, as sent.
    ///
    /// @param reference text in UTF-8; empty where none was sent
    public boolean accepts(Optional<byte[]> reference) {
        return switch (this) {
            case REQUIRED -> reference.filter(ConsentPolicy::isReference).isPresent();
            case OPTIONAL -> reference.isEmpty() || isReference(reference.get());
        };
    }

    private static boolean isReference(byte[] sent) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(sent)).toString();
            return !text.isBlank() && text.codePointCount(0, text.length()) <= MAX_CHARACTERS;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
