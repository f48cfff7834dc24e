package dev.facefusion.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a `multipart/form-data` body (RFC 7578). Pure; strict where a lenient reader would have to
/// guess.
final class Multipart {

    private static final int MAX_PARTS = 16;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\",]{1,70}))",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile(
                    "^content-disposition:\\s*form-data\\s*;(?:[^\\r\\n]*?[;\\s])?name=(?:\"([^\"\\r\\n]*)\"|([^\\s;\"]+))",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final byte[] body;
    private final byte[] delimiter;

    private Multipart(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    }

    /// One part. Its file name and content type are not kept: nothing may depend on them.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(String name, byte[] content) {}

    /// The boundary that a content type names, if it is that of a form.
    static Optional<String> boundary(String contentType) {
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        var match = BOUNDARY.matcher(contentType);
        if (!match.find()) {
            return Optional.empty();
        }
        return Optional.of(match.group(1) != null ? match.group(1) : match.group(2));
    }

    /// The parts in their order.
    ///
    /// @throws RequestRefused with [Refusal.MalformedForm] saying what is wrong
    static List<Part> parse(byte[] body, String boundary) {
        return new Multipart(body, boundary).parts();
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        var at = afterFirstDelimiter();
        while (!startsWith(at, "--")) {
            if (parts.size() == MAX_PARTS) {
                throw malformed("The form has more than %d parts.".formatted(MAX_PARTS));
            }
            var headersStart = skipLineEnd(at);
            var headersEnd = endOfHeaders(headersStart);
            var contentStart = headersEnd + HEADERS_END.length;
            // The line end that belongs to the delimiter may be the one that ends the headers.
            var contentEnd = indexOf(delimiter, contentStart - LINE_END.length);
            if (contentEnd < 0) {
                throw malformed("The form ends within a part.");
            }
            parts.add(
                    new Part(
                            name(headersStart, headersEnd),
                            contentEnd < contentStart
                                    ? new byte[0]
                                    : Arrays.copyOfRange(body, contentStart, contentEnd)));
            at = contentEnd + delimiter.length;
        }
        return parts;
    }

    // The first delimiter needs no line end before it where nothing precedes it.
    private int afterFirstDelimiter() {
        var dashes = Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length);
        if (matches(dashes, 0)) {
            return dashes.length;
        }
        var found = indexOf(delimiter, 0);
        if (found < 0) {
            throw malformed("The boundary of the content type does not occur in the body.");
        }
        return found + delimiter.length;
    }

    private int skipLineEnd(int at) {
        var end = at;
        while (end < body.length && (body[end] == ' ' || body[end] == '\t')) {
            end++;
        }
        if (!matches(LINE_END, end)) {
            throw malformed("A boundary is not followed by a line end.");
        }
        return end + LINE_END.length;
    }

    private int endOfHeaders(int start) {
        var end = indexOf(HEADERS_END, start);
        if (end < 0 || end - start > MAX_HEADER_BYTES) {
            throw malformed("The headers of a part do not end within 8 KiB.");
        }
        return end;
    }

    private String name(int start, int end) {
        var match = NAME.matcher(new String(body, start, end - start, UTF_8));
        if (!match.find()) {
            throw malformed("A part has no form-data name.");
        }
        return match.group(1) != null ? match.group(1) : match.group(2);
    }

    private boolean startsWith(int at, String text) {
        return matches(text.getBytes(ISO_8859_1), at);
    }

    private int indexOf(byte[] wanted, int from) {
        for (var i = from; i <= body.length - wanted.length; i++) {
            if (body[i] == wanted[0] && matches(wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(byte[] wanted, int at) {
        return at + wanted.length <= body.length
                && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static RequestRefused malformed(String detail) {
        return new RequestRefused(new Refusal.MalformedForm(detail));
    }
}
