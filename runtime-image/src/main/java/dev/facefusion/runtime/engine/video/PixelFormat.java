package dev.facefusion.runtime.engine.video;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What the name of one of ffmpeg's pixel formats tells.
record PixelFormat(String name) {

    private static final Pattern DEEP =
            Pattern.compile("(9|10|12|14|16|32)(le|be)$|^[pxyv]+\\d*(10|12|16)(le|be)");
    private static final Pattern ALPHA =
            Pattern.compile("^(yuva|rgba|bgra|argb|abgr|gbrap|ya|pal8)");
    private static final Pattern NOT_YUV =
            Pattern.compile(
                    "^(x?[0x]?rgb|x?[0x]?bgr|gbr|argb|abgr|gray|mono|ya|pal8|x2|xyz|bayer)");
    private static final Pattern QUARTERED = Pattern.compile("420|^nv12|^nv21|^p01[026]");

    /// Whether frames of it go through as they are, to the bit.
    boolean isNative() {
        return name.equals("yuv420p") || name.equals("yuvj420p");
    }

    boolean isYuv() {
        return !NOT_YUV.matcher(name).find();
    }

    /// Whether its name alone says that it has the full range.
    boolean fullRange() {
        return name.startsWith("yuvj");
    }

    Set<Alteration> alterations() {
        var alterations = EnumSet.noneOf(Alteration.class);
        if (ALPHA.matcher(name).find()) {
            alterations.add(Alteration.TRANSPARENCY_DROPPED);
        }
        if (DEEP.matcher(name).find()) {
            alterations.add(Alteration.REDUCED_DEPTH);
        }
        if (!QUARTERED.matcher(name).find()) {
            alterations.add(Alteration.REDUCED_CHROMA);
        }
        return alterations;
    }
}
