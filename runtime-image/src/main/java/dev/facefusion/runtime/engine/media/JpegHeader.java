package dev.facefusion.runtime.engine.media;

/// The segments of a JPEG file up to the one that describes the frame.
final class JpegHeader {

    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int PROGRESSIVE = 0xC2;

    private JpegHeader() {}

    static boolean isJpeg(byte[] file) {
        return file.length >= 3
                && (file[0] & 0xFF) == 0xFF
                && (file[1] & 0xFF) == 0xD8
                && (file[2] & 0xFF) == 0xFF;
    }

    static Header read(byte[] file) {
        int orientation = 1;
        int at = 2;
        while (at + 4 <= file.length) {
            int marker = file[at + 1] & 0xFF;
            if ((file[at] & 0xFF) != 0xFF) {
                return broken();
            }
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return broken();
            }
            int length = unsignedShort(file, at + 2);
            if (at + 2 + length > file.length) {
                return Header.truncated();
            }
            if (isFrame(marker)) {
                return frame(file, at, marker, length, orientation);
            }
            if (marker == APP1) {
                orientation = ExifOrientation.read(file, at + 4, length - 2).orElse(orientation);
            }
            at += 2 + length;
        }
        return Header.truncated();
    }

    /// `SOF0` to `SOF15`, without the three of that range that mean something else.
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static Header frame(byte[] file, int at, int marker, int length, int orientation) {
        if (length < 8) {
            return broken();
        }
        int bits = file[at + 4] & 0xFF;
        int height = unsignedShort(file, at + 5);
        int width = unsignedShort(file, at + 7);
        int components = file[at + 9] & 0xFF;
        if (bits != 8) {
            return unsupported("of %d bits a colour".formatted(bits));
        }
        if (marker > PROGRESSIVE) {
            return unsupported("that is lossless or arithmetic-coded");
        }
        if (components != 1 && components != 3) {
            return unsupported("of %d colour components (CMYK)".formatted(components));
        }
        if (width < 1 || height < 1) {
            return unsupported("that does not say its size at the start");
        }
        return new Header.Known("jpeg", new PictureSize(width, height), orientation);
    }

    private static Header unsupported(String kind) {
        return new Header.Refused(
                MediaFault.UNSUPPORTED,
                "A JPEG %s is not read; save it as an ordinary RGB JPEG or PNG.".formatted(kind));
    }

    private static Header broken() {
        return new Header.Refused(MediaFault.TRUNCATED, "The JPEG's header is broken.");
    }

    private static int unsignedShort(byte[] file, int at) {
        return ((file[at] & 0xFF) << 8) | (file[at + 1] & 0xFF);
    }
}
