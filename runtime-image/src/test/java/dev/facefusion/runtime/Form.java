package dev.facefusion.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// Builds the body of a multipart form.
public final class Form {

    public static final String BOUNDARY = "form-boundary-7f3a";
    public static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public static Form of(byte[] source, byte[] target) {
        return new Form()
                .part("source", source)
                .part("target", target)
                .part("consent", "release-17".getBytes(UTF_8));
    }

    public static Form of(String source, String target) {
        return of(source.getBytes(UTF_8), target.getBytes(UTF_8));
    }

    public Form part(String name, byte[] content) {
        body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"x\"\r\n\r\n"
                        .formatted(BOUNDARY, name)
                        .getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(UTF_8));
        return this;
    }

    public Form options(String json) {
        return part("options", json.getBytes(UTF_8));
    }

    public byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(body.toByteArray());
        all.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
        return all.toByteArray();
    }
}
