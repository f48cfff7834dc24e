package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;

/// Which way up the camera was held (TIFF tag 0x0112).
final class ExifOrientation {

    private static final byte[] IDENTIFIER = "Exif\0\0".getBytes(US_ASCII);
    private static final int TAG = 0x0112;
    private static final int ENTRY_BYTES = 12;

    private ExifOrientation() {}

    /// The orientation, 1 to 8, if the segment is Exif's and says so; anything odd counts as
    /// silence.
    static OptionalInt read(byte[] file, int offset, int length) {
        int start = offset + IDENTIFIER.length;
        int end = offset + length;
        if (end < start || !Arrays.equals(file, offset, start, IDENTIFIER, 0, IDENTIFIER.length)) {
            return OptionalInt.empty();
        }
        return ofTiff(ByteBuffer.wrap(file, start, end - start).slice());
    }

    /// The same of what follows Exif's name in a JPEG, and is a chunk of its own in a PNG.
    static OptionalInt ofTiff(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return OptionalInt.empty();
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return OptionalInt.empty();
        }
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (entry > tiff.limit() - ENTRY_BYTES) {
                break;
            }
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
                int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
                return value >= 1 && value <= 8 ? OptionalInt.of(value) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    /// The picture upright.
    static Picture upright(Picture picture, int orientation) {
        return switch (orientation) {
            case 2 -> picture.mirrored();
            case 3 -> picture.turned(QuarterTurn.HALF);
            case 4 -> picture.mirrored().turned(QuarterTurn.HALF);
            case 5 -> picture.mirrored().turned(QuarterTurn.LEFT);
            case 6 -> picture.turned(QuarterTurn.RIGHT);
            case 7 -> picture.mirrored().turned(QuarterTurn.RIGHT);
            case 8 -> picture.turned(QuarterTurn.LEFT);
            default -> picture;
        };
    }
}
