package dev.facefusion.runtime.engine.paste;

import dev.facefusion.runtime.engine.geometry.Affine;

/// The pixels of a row that have a place in a crop.
///
/// @param end one past the last; not above `first` if there is none
record RowSpan(int first, int end) {

    /// Where a row's places are less than a pixel outside the crop: beyond that its mask is 0.
    ///
    /// @param toCrop map from the row's pixels to the crop
    static RowSpan of(Affine toCrop, int row, int side, int width) {
        return new RowSpan(0, width)
                .within(toCrop.x(0, row), toCrop.xx(), side)
                .within(toCrop.y(0, row), toCrop.yx(), side);
    }

    /// Where `-1 < start + step * i < side`.
    private RowSpan within(double start, double step, int side) {
        if (step == 0) {
            return start > -1 && start < side ? this : new RowSpan(0, 0);
        }
        double enter = ((step > 0 ? -1 : side) - start) / step;
        double leave = ((step > 0 ? side : -1) - start) / step;
        return new RowSpan(
                (int) Math.max(first, Math.floor(enter) + 1),
                (int) Math.min(end, Math.ceil(leave)));
    }
}
