package dev.facefusion.runtime.engine.masker;

import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.options.MaskOptions;
import dev.facefusion.runtime.engine.options.MaskType;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.paste.ChangedFace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Draws the masks of crops: of all that are asked for the least, pixel by pixel. For one thread.
///
/// What hides a face is seen before the face is changed, its parts are seen after.
public final class Masker {

    private static final String MANY = "many";

    /// A video asks for the same boxes frame after frame, each of its processors for its own.
    private static final int MAX_BOXES = 4;

    private final SequencedMap<String, Occluder> occluders;
    private final SequencedMap<String, FaceParser> parsers;
    private final SoftEdge softEdge = new SoftEdge();
    private final Plane one = new Plane();
    private final Plane visible = new Plane();
    private final Plane all = new Plane();
    private final Map<BoxMask, Plane> boxes = new HashMap<>();

    /// @param occluders by the models' names, the first for tasks that name none
    /// @param parsers likewise
    public Masker(
            SequencedMap<String, Occluder> occluders, SequencedMap<String, FaceParser> parsers) {
        this.occluders = occluders;
        this.parsers = parsers;
    }

    /// What is wrong with the options, if anything: a mask may need a model that is not here.
    public Optional<Objection> objection(MaskOptions options) {
        if (options.types().contains(MaskType.OCCLUSION) && occluders(options).isEmpty()) {
            return Optional.of(
                    new Objection(
                            options.occluder().isPresent()
                                    ? "face_occluder_model"
                                    : "face_mask_types",
                            "one of the occluders here: " + occluders.keySet()));
        }
        if (options.types().contains(MaskType.REGION) && parser(options).isEmpty()) {
            return Optional.of(
                    new Objection(
                            options.parser().isPresent() ? "face_parser_model" : "face_mask_types",
                            "one of the face parsers here: " + parsers.keySet()));
        }
        return Optional.empty();
    }

    /// Draws the masks that need nothing but the crop as it was cut out.
    ///
    /// @return as large as the crop, to be changed by the caller, gone with the next crop
    public Plane before(Picture crop, MaskOptions options) {
        int side = crop.width();
        if (options.types().contains(MaskType.BOX)) {
            all.copy(box(new BoxMask(side, options.blur(), options.padding())));
        } else {
            all.reshape(side, side).fill(1);
        }
        if (options.types().contains(MaskType.OCCLUSION)) {
            occlude(crop, occluders(options));
        }
        return all;
    }

    private Plane box(BoxMask shape) {
        if (boxes.size() == MAX_BOXES && !boxes.containsKey(shape)) {
            boxes.clear();
        }
        return boxes.computeIfAbsent(shape, BoxMask::draw);
    }

    private void occlude(Picture crop, Collection<Occluder> occluders) {
        visible.reshape(crop.width(), crop.height()).fill(1);
        for (var occluder : occluders) {
            occluder.find(crop, one);
            keepLess(visible, one);
        }
        softEdge.soften(visible);
        keepLess(all, visible);
    }

    /// Draws the masks that need the face, over the one that is there.
    ///
    /// @param landmarks 68 of the picture
    /// @param changed its mask is changed in place
    public void after(MaskOptions options, List<Point> landmarks, ChangedFace changed) {
        var mask = changed.mask();
        if (options.types().contains(MaskType.AREA)) {
            AreaMask.draw(options.areas(), landmarks, changed.toCrop(), one.reshape(mask));
            softEdge.soften(one);
            keepLess(mask, one);
        }
        if (options.types().contains(MaskType.REGION)) {
            parser(options).orElseThrow().find(changed.face(), options.regions(), one);
            softEdge.soften(one);
            keepLess(mask, one);
        }
    }

    private static void keepLess(Plane mask, Plane other) {
        var values = mask.values();
        for (int i = 0; i < mask.width() * mask.height(); i++) {
            values[i] = Math.min(values[i], other.values()[i]);
        }
    }

    private Collection<Occluder> occluders(MaskOptions options) {
        var name = options.occluder();
        return name.filter(MANY::equals).isPresent()
                ? occluders.values()
                : named(occluders, name).map(List::of).orElse(List.of());
    }

    private Optional<FaceParser> parser(MaskOptions options) {
        return named(parsers, options.parser());
    }

    private static <T> Optional<T> named(SequencedMap<String, T> models, Optional<String> name) {
        return name.isPresent()
                ? Optional.ofNullable(models.get(name.get()))
                : models.values().stream().findFirst();
    }
}
