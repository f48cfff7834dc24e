package dev.facefusion.runtime.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes a `multipart/form-data` body (RFC 7578) apart while it arrives. Strict where a lenient
/// reader would have to guess. It holds one buffer of 64 KiB, however large the parts are.
public final class MultipartParser {

    private static final int MAX_PARTS = 16;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    static final int BUFFER_BYTES = 64 * 1024;

    /// The smallest buffer that works: the headers of a part must fit in with what ends them.
    static final int MIN_BUFFER_BYTES = MAX_HEADER_BYTES + 4;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final byte[] LAST = {'-', '-'};

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\",]{1,70}))",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile(
                    "^content-disposition:\\s*form-data\\s*;(?:[^\\r\\n]*?[;\\s])?name=(?:\"([^\"\\r\\n]*)\"|([^\\s;\"]+))",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] buffer;
    private int at;
    private int end;
    private boolean exhausted;

    private MultipartParser(InputStream body, String boundary, int bufferBytes) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        this.buffer = new byte[bufferBytes];
        // The first delimiter needs no line end before it: it gets one.
        System.arraycopy(LINE_END, 0, buffer, 0, LINE_END.length);
        this.end = LINE_END.length;
    }

    /// Where the parts go.
    @FunctionalInterface
    public interface Parts {

        /// Takes the content of the next part, until it is closed. A part's file name and content
        /// type are not told: nothing may depend on them.
        OutputStream open(String name) throws IOException;
    }

    /// The boundary that a content type names, if it is that of a form.
    public static Optional<String> boundary(String contentType) {
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        var match = BOUNDARY.matcher(contentType);
        if (!match.find()) {
            return Optional.empty();
        }
        return Optional.of(match.group(1) != null ? match.group(1) : match.group(2));
    }

    /// Reads the body to its end.
    ///
    /// @throws FormException with [FormFault.Malformed] saying what is wrong
    /// @throws IOException of the body's or of a part's stream
    public static void parse(InputStream body, String boundary, Parts parts) throws IOException {
        new MultipartParser(body, boundary, BUFFER_BYTES).parse(parts);
    }

    /// Reads it with a buffer of another size.
    static void parse(InputStream body, String boundary, int bufferBytes, Parts parts)
            throws IOException {
        new MultipartParser(body, boundary, bufferBytes).parse(parts);
    }

    private void parse(Parts parts) throws IOException {
        skipToFirstDelimiter();
        for (var count = 0; !startsWith(LAST); count++) {
            if (count == MAX_PARTS) {
                throw malformed("The form has more than %d parts.".formatted(MAX_PARTS));
            }
            skipLineEnd();
            try (var content = parts.open(name())) {
                copyContent(content, "The form ends within a part.");
            }
        }
        skipEpilogue();
    }

    private void skipToFirstDelimiter() throws IOException {
        copyContent(
                OutputStream.nullOutputStream(),
                "The boundary of the content type does not occur in the body.");
    }

    // Up to the next delimiter, which is skipped.
    private void copyContent(OutputStream to, String otherwise) throws IOException {
        while (true) {
            require(delimiter.length);
            var found = indexOf(delimiter);
            if (found >= 0) {
                to.write(buffer, at, found - at);
                at = found + delimiter.length;
                return;
            }
            if (exhausted) {
                throw malformed(otherwise);
            }
            // The last bytes may be the start of a delimiter.
            var safe = Math.max(at, end - delimiter.length + 1);
            to.write(buffer, at, safe - at);
            at = safe;
            fill();
        }
    }

    private void skipLineEnd() throws IOException {
        for (var padding = 0; padding < MAX_HEADER_BYTES; padding++) {
            if (startsWith(LINE_END)) {
                at += LINE_END.length;
                return;
            }
            if (at == end || (buffer[at] != ' ' && buffer[at] != '\t')) {
                break;
            }
            at++;
        }
        throw malformed("A boundary is not followed by a line end.");
    }

    // Reads a part's headers. The line end that ends them stays where it is the delimiter's too.
    private String name() throws IOException {
        require(MAX_HEADER_BYTES + HEADERS_END.length);
        var headersEnd = indexOf(HEADERS_END);
        if (headersEnd < 0 || headersEnd - at > MAX_HEADER_BYTES) {
            throw malformed("The headers of a part do not end within 8 KiB.");
        }
        var match = NAME.matcher(new String(buffer, at, headersEnd - at, UTF_8));
        if (!match.find()) {
            throw malformed("A part has no form-data name.");
        }
        at = headersEnd + LINE_END.length;
        if (!startsWith(delimiter)) {
            at += LINE_END.length;
        }
        return match.group(1) != null ? match.group(1) : match.group(2);
    }

    private void skipEpilogue() throws IOException {
        while (!exhausted) {
            at = end;
            fill();
        }
    }

    private boolean startsWith(byte[] wanted) throws IOException {
        require(wanted.length);
        return matches(wanted, at);
    }

    // Has so many bytes in the buffer, or all that are left.
    private void require(int bytes) throws IOException {
        while (end - at < bytes && !exhausted) {
            fill();
        }
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        var read = body.read(buffer, end, buffer.length - end);
        if (read < 0) {
            exhausted = true;
        } else {
            end += read;
        }
    }

    private int indexOf(byte[] wanted) {
        for (var i = at; i <= end - wanted.length; i++) {
            if (buffer[i] == wanted[0] && matches(wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(byte[] wanted, int from) {
        return from + wanted.length <= end
                && Arrays.equals(buffer, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private static FormException malformed(String detail) {
        return new FormException(new FormFault.Malformed(detail));
    }
}
