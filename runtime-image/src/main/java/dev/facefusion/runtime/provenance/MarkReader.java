package dev.facefusion.runtime.provenance;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the marks of a picture's or video's file, whoever wrote them. Only metadata is looked at;
/// nothing is decoded, and memory does not grow with the file.
public final class MarkReader {

    /// The longest metadata that is read; a JPEG cannot have longer ones.
    static final int MAX_PACKET = 1 << 20;

    // A file has one packet; many more are there to keep a reader busy.
    private static final int MAX_PACKETS = 16;
    private static final int MAX_TEXT = 256;

    private MarkReader() {}

    /// What a file says about itself.
    public sealed interface Reading {

        /// Its marks, if any.
        record Read(VerifyReport report) implements Reading {}

        /// It has no bytes.
        record Empty() implements Reading {}

        /// It breaks off or is broken, and no mark stands before that.
        record Truncated() implements Reading {}

        /// It is of no format that carries marks.
        record Foreign() implements Reading {}
    }

    /// Reads a file from its first byte. Never throws for what it contains.
    ///
    /// @throws IOException if not even its first bytes can be read
    public static Reading read(InputStream file) throws IOException {
        var buffered = new BufferedInputStream(file);
        buffered.mark(MarkedFile.SIGNATURE_BYTES);
        var start = buffered.readNBytes(MarkedFile.SIGNATURE_BYTES);
        buffered.reset();
        if (start.length == 0) {
            return new Reading.Empty();
        }
        return MarkedFile.of(start)
                .map(format -> read(format, new DataInputStream(buffered)))
                .orElseGet(Reading.Foreign::new);
    }

    private static Reading read(MarkedFile format, DataInputStream file) {
        var marks = new Marks();
        try {
            switch (format) {
                case JPEG -> JpegSegments.read(file, marks);
                case PNG -> PngChunks.read(file, marks);
                case WEBP -> WebpChunks.read(file, marks);
                case TIFF -> TiffDirectory.read(file, marks);
                case MP4 -> Mp4Boxes.read(file, marks);
            }
        } catch (IOException _) {
            if (marks.found.isEmpty()) {
                return new Reading.Truncated();
            }
        }
        return new Reading.Read(VerifyReport.of(marks.found));
    }

    private static final class Marks implements Metadata {

        private final List<Mark> found = new ArrayList<>();
        private int packets;

        @Override
        public void packet(byte[] xmp) {
            if (packets++ < MAX_PACKETS) {
                var properties = XmpProperties.read(xmp);
                sourceType(properties).ifPresent(found::add);
                properties.get(XmpPacket.TC260, "AIGC").flatMap(Marks::aigc).ifPresent(found::add);
            }
        }

        @Override
        public void label(String json) {
            if (packets++ < MAX_PACKETS) {
                aigc(json).ifPresent(found::add);
            }
        }

        private static Optional<Mark> sourceType(XmpProperties properties) {
            return properties
                    .get(XmpPacket.IPTC_EXTENSION, "DigitalSourceType")
                    .map(type ->
                            new Mark.Xmp(
                                    cut(type),
                                    properties
                                            .get(XmpPacket.XMP, "CreatorTool")
                                            .map(Marks::cut)
                                            .orElse(null),
                                    properties
                                            .get(XmpPacket.XMP, "CreateDate")
                                            .map(Marks::cut)
                                            .orElse(null)));
        }

        private static Optional<Mark> aigc(String json) {
            return AigcLabel.parse(json)
                    .map(label ->
                            new Mark.Aigc(
                                    cut(label.label()),
                                    cut(label.producer()),
                                    cut(label.produceId()),
                                    cut(label.propagator()),
                                    cut(label.propagateId())));
        }

        private static String cut(String text) {
            return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        }
    }
}
