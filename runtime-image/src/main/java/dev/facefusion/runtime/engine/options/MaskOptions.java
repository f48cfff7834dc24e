package dev.facefusion.runtime.engine.options;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which part of a face is changed: the least of all the masks, pixel by pixel.
///
/// @param types at least one
/// @param areas of the area mask
/// @param regions of the region mask
/// @param blur softness of the box mask's edge, 0 to 1
/// @param padding of the box mask, in percent of the face's crop
/// @param occluder an occluder of the model directory, `many` for all, or empty for its first
/// @param parser a face parser of the model directory, or empty for its first
public record MaskOptions(
        Set<MaskType> types,
        Set<MaskArea> areas,
        Set<MaskRegion> regions,
        double blur,
        Margins padding,
        Optional<String> occluder,
        Optional<String> parser) {

    public MaskOptions {
        types = InOrder.of(types);
        areas = InOrder.of(areas);
        regions = InOrder.of(regions);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("face_mask_types is empty");
        }
        Limits.within("face_mask_blur", blur, 0, 1);
    }

    public static MaskOptions defaults() {
        return new MaskOptions(
                EnumSet.of(MaskType.BOX),
                EnumSet.allOf(MaskArea.class),
                EnumSet.allOf(MaskRegion.class),
                0.3,
                Margins.NONE,
                Optional.empty(),
                Optional.empty());
    }
}
