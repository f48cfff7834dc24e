package dev.facefusion.tests.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/// The multipart form that `POST /v1/swap` takes.
final class SwapForm {
    private static final String BOUNDARY = "facefusion-tests";

    static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private SwapForm() {}

    static byte[] of(byte[] source, byte[] target) {
        var body = new ByteArrayOutputStream();
        part(body, "source", source);
        part(body, "target", target);
        part(body, "consent", "release-17".getBytes(US_ASCII));
        body.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(US_ASCII));
        return body.toByteArray();
    }

    private static void part(ByteArrayOutputStream body, String name, byte[] content) {
        String head =
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(BOUNDARY, name, name);
        body.writeBytes(head.getBytes(US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(US_ASCII));
    }
}
