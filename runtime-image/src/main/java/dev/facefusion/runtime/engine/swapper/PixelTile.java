package dev.facefusion.runtime.engine.swapper;

import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Normalisation;
import dev.facefusion.runtime.engine.image.Picture;

/// Every so many-th pixel of a crop, in both directions: a crop of several times a model's size is
/// worked on in as many small ones that each show the whole face (FaceFusion's pixel boost).
///
/// @param step from one pixel to the next, at least 1
/// @param row of the first, from 0, below `step`
/// @param column of the first, from 0, below `step`
record PixelTile(int step, int row, int column) {

    /// Lays the tile's pixels out as NCHW.
    void read(Picture crop, Normalisation values, float[] tensor) {
        var rgb = crop.rgb();
        int side = crop.width() / step;
        for (int channel = 0; channel < 3; channel++) {
            float scale = values.scale(channel);
            float offset = values.offset(channel);
            int to = channel * side * side;
            for (int y = 0; y < side; y++) {
                int from = 3 * ((y * step + row) * crop.width() + column) + channel;
                for (int x = 0; x < side; x++) {
                    tensor[to++] = (rgb[from + 3 * step * x] & 0xFF) * scale + offset;
                }
            }
        }
    }

    /// Puts the values of a tensor of NCHW where the tile's pixels are.
    ///
    /// @param crop reshaped already
    void write(float[] tensor, SwapperContract.Output values, Layer crop) {
        int side = crop.width() / step;
        for (int channel = 0; channel < 3; channel++) {
            var plane = crop.plane(channel).values();
            int from = channel * side * side;
            for (int y = 0; y < side; y++) {
                int to = (y * step + row) * crop.width() + column;
                for (int x = 0; x < side; x++) {
                    plane[to + step * x] = values.colour(tensor[from++]);
                }
            }
        }
    }
}
