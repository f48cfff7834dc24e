package dev.facefusion.runtime.engine.image;

import java.util.function.Consumer;

/// A frame of a video. For one thread.
public final class YuvCanvas implements Canvas {

    private final YuvPicture frame;
    private final YuvConversion conversion;
    // Whether the conversion's buffer shows all of the frame.
    private boolean shown;

    /// @param conversion serves one canvas at a time
    public YuvCanvas(YuvPicture frame, YuvConversion conversion) {
        this.frame = frame;
        this.conversion = conversion;
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public int height() {
        return frame.height();
    }

    @Override
    public Picture picture() {
        var whole = conversion.buffer(frame);
        if (!shown) {
            conversion.read(frame, bounds(), whole);
            shown = true;
        }
        return whole;
    }

    @Override
    public void paint(PixelBox part, Consumer<Picture> brush) {
        var painted = conversion.buffer(frame);
        if (!shown) {
            conversion.read(frame, part, painted);
        }
        brush.accept(painted);
        conversion.write(painted, part, frame);
    }

    /// Changes the frame as it is stored.
    public void alter(Consumer<YuvPicture> brush) {
        brush.accept(frame);
        shown = false;
    }

    /// Reads places along a line: see [YuvSampler#along].
    int[] along(Border border, double x, double y, double stepX, double stepY, int count) {
        return conversion.sampler().along(frame, border, x, y, stepX, stepY, count);
    }

    /// How the frame stands for colours.
    public YuvColour colour() {
        return conversion.colour();
    }
}
