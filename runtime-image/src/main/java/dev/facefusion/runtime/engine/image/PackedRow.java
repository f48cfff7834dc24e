package dev.facefusion.runtime.engine.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Rows of pixels as whole numbers, `red | green << 8 | blue << 16`, a shape that the compiler
/// works on several pixels at once in. Widths are even.
final class PackedRow {

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private PackedRow() {}

    /// Takes pixels from where they lie as three bytes each.
    static void load(byte[] rgb, int from, int width, int[] row) {
        for (int x = 0; x < width; x += 2) {
            int at = from + 3 * x;
            row[x] = (int) INTS.get(rgb, at) & 0xFFFFFF;
            row[x + 1] = (int) INTS.get(rgb, at + 2) >>> 8;
        }
    }

    /// Puts pixels where they shall lie as three bytes each.
    static void store(int[] row, int width, byte[] rgb, int to) {
        for (int x = 0; x < width; x += 2) {
            int at = to + 3 * x;
            int second = row[x + 1];
            INTS.set(rgb, at, row[x] | (second << 24));
            SHORTS.set(rgb, at + 4, (short) (second >>> 8));
        }
    }
}
