package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.image.YuvColour;
import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Colour;
import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the decoder makes of a stream's pictures, so that the engine gets 8-bit 4:2:0 of an even
/// size: nothing, for most videos.
///
/// @param filters ffmpeg's, in order
/// @param pixelFormat of the frames that come out: `yuv420p`, or `yuvj420p` for the full range
/// @param size of the frames that come out
/// @param colour of the frames that come out, as it is told to the encoder
/// @param yuv the same, as far as pixels are concerned
/// @param rate that the frames are reduced to, where they are
record Picturing(
        List<String> filters,
        String pixelFormat,
        PictureSize size,
        Colour colour,
        YuvColour yuv,
        Optional<Rational> rate,
        Set<Alteration> alterations) {

    private static final Set<String> CONVERTIBLE =
            Set.of("bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc");

    static Picturing of(VideoStream stream, VideoOptions options) {
        var filters = new ArrayList<String>();
        var format = new PixelFormat(stream.pixelFormat());
        var alterations = EnumSet.noneOf(Alteration.class);
        alterations.addAll(format.alterations());
        if (stream.rotation() % 360 != 0) {
            alterations.add(Alteration.TURNED);
        }

        var rate = reduced(stream, options);
        rate.ifPresent(value -> filters.add("fps=" + value));

        var shown = stream.size();
        var size = scaled(shown, Math.min(1, options.scale()));
        if (options.scale() >= 1 && !size.equals(shown)) {
            filters.add("crop=%d:%d:0:0:exact=1".formatted(size.width(), size.height()));
            alterations.add(Alteration.CROPPED);
        } else if (options.scale() < 1) {
            filters.add("scale=%d:%d".formatted(size.width(), size.height()));
        }

        var colour = stream.colour();
        var pixelFormat = "yuv420p";
        if (colour.highDynamicRange()) {
            filters.add(toneMap(colour));
            alterations.add(Alteration.TONE_MAPPED);
            colour = Colour.BT709;
        } else if (!format.isYuv()) {
            filters.add("scale=out_color_matrix=bt709:out_range=tv");
            colour = Colour.BT709;
        } else if (colour.matrix().isPresent() && !CONVERTIBLE.contains(colour.matrix().get())) {
            filters.add("zscale=matrix=bt709:range=tv");
            colour = Colour.BT709;
        } else {
            boolean full = colour.fullRange() || format.fullRange();
            if (!format.isNative()) {
                var range = full ? "pc" : "tv";
                filters.add("scale=in_range=%s:out_range=%s".formatted(range, range));
            }
            pixelFormat = full ? "yuvj420p" : pixelFormat;
        }
        return new Picturing(
                List.copyOf(filters),
                pixelFormat,
                size,
                colour,
                yuv(colour, size),
                rate,
                Set.copyOf(alterations));
    }

    private static Optional<Rational> reduced(VideoStream stream, VideoOptions options) {
        return options.framesPerSecond().isPresent()
                        && options.framesPerSecond().getAsDouble() < stream.framesPerSecond()
                ? Optional.of(Rational.of(options.framesPerSecond().getAsDouble()))
                : Optional.empty();
    }

    /// With even sides: below where nothing is scaled, the nearest where something is.
    static PictureSize scaled(PictureSize size, double scale) {
        return scale == 1
                ? new PictureSize(Math.max(2, size.width() & ~1), Math.max(2, size.height() & ~1))
                : new PictureSize(even(size.width() * scale), even(size.height() * scale));
    }

    private static int even(double side) {
        return Math.max(2, 2 * (int) Math.rint(side / 2));
    }

    // White at 100 cd/m2, as standard range has it, and a curve that keeps highlights apart. What a
    // stream leaves open is what such streams usually have.
    private static String toneMap(Colour colour) {
        return ("setparams=colorspace=%s:color_primaries=%s:color_trc=%s:range=%s"
                        + ",zscale=transfer=linear:npl=100"
                        + ",format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=hable:desat=0"
                        + ",zscale=transfer=bt709:matrix=bt709:range=tv,format=yuv420p")
                .formatted(
                        colour.matrix().orElse("bt2020nc"),
                        colour.primaries().orElse("bt2020"),
                        colour.transfer().orElse("smpte2084"),
                        colour.range().orElse("tv"));
    }

    // Streams that do not say are taken as players do: by their size.
    private static YuvColour yuv(Colour colour, PictureSize size) {
        boolean full = colour.fullRange();
        return switch (colour.matrix().orElse("")) {
            case "bt709" -> YuvColour.bt709(full);
            case "bt2020nc" -> YuvColour.bt2020(full);
            case "smpte240m" -> new YuvColour(0.212, 0.087, full);
            case "fcc" -> new YuvColour(0.30, 0.11, full);
            case "bt470bg", "smpte170m" -> YuvColour.bt601(full);
            default ->
                    Math.min(size.width(), size.height()) >= 720
                            ? YuvColour.bt709(full)
                            : YuvColour.bt601(full);
        };
    }
}
