package dev.facefusion.runtime.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One file of the page.
///
/// @param etag changes with the content
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageFile(String name, String mediaType, byte[] content, String etag) {

    private static final String FOLDER = "/web/";
    private static final int TAG_BYTES = 16;

    /// Reads a file from the class path.
    ///
    /// @throws IllegalStateException if it is not there: the build is broken
    static PageFile read(String name) {
        try (var stream = PageFile.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("the page's file %s is missing".formatted(name));
            }
            var content = stream.readAllBytes();
            return new PageFile(name, mediaType(name), content, etag(content));
        } catch (IOException e) {
            throw new UncheckedIOException("the page's file %s cannot be read".formatted(name), e);
        }
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("no media type for " + name);
        };
    }

    private static String etag(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
