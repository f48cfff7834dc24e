package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.TriangleMesh;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.LabColour;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;

/// Puts the skin, eyes, brows, nose and mouth of one face onto another.
///
/// 1. warp: the source's face in the target's shape;
/// 2. mask: the target's oval with a soft edge, without the mouth where the target shows its teeth
///    and the source does not;
/// 3. colour: the warped face in the target's colours and light;
/// 4. mask again: not over hair and hats;
/// 5. blend: band by band into the target.
///
/// The shape of the head stays the target's.
public final class MeshSwapper implements FaceProcessor {

    /// A larger region is worked on at a whole fraction of its size: the planes of this many pixels
    /// take some 200 MB.
    private static final double MAX_PIXELS = 1_500_000;

    private static final double OPEN_MOUTH = 0.06;
    private static final double CLOSED_MOUTH = 0.04;
    private static final float SKIN = 0.5f;

    private final MeshWarp warp;
    private final FaceMask faceMask;
    private final SkinLikeness skinLikeness = new SkinLikeness();
    private final ColourTransfer colourTransfer;
    private final ForeheadGuard foreheadGuard;
    private final MultibandBlend blend;

    private final Layer target = new Layer();
    private final Layer targetLab = new Layer();
    private final Layer face = new Layer();
    private final Layer faceLab = new Layer();
    private final Plane covered = new Plane();
    private final Plane hardMask = new Plane();
    private final Plane mask = new Plane();
    private final Plane faceSkin = new Plane();
    private final Plane targetSkin = new Plane();
    private final Plane commonSkin = new Plane();

    public MeshSwapper(TriangleMesh mesh) {
        var blur = new GaussianBlur();
        warp = new MeshWarp(mesh);
        faceMask = new FaceMask(blur);
        colourTransfer = new ColourTransfer();
        foreheadGuard = new ForeheadGuard(blur);
        blend = new MultibandBlend(blur);
    }

    /// Puts the face of the first source onto the target's; both must have meshes.
    @Override
    public PixelBox process(FaceTask task, StageClock clock) {
        var portrait = task.source().portraits().getFirst();
        return swap(
                portrait.picture(),
                portrait.face().mesh().orElseThrow(),
                task.canvas(),
                task.face().mesh().orElseThrow(),
                clock);
    }

    /// Swaps one face, in place.
    ///
    /// @param canvas shows the target's face; changed around it
    /// @return the part that may have changed
    public PixelBox swap(
            Picture source,
            Landmarks sourceFace,
            Canvas canvas,
            Landmarks targetFace,
            StageClock clock) {
        var region = FaceRegion.of(targetFace, canvas.bounds());
        if (region.inner().isEmpty()) {
            return region.inner();
        }
        canvas.paint(region.box(), picture -> swapOn(picture, source, sourceFace, region, clock));
        return region.box();
    }

    private void swapOn(
            Picture picture,
            Picture source,
            Landmarks sourceFace,
            FaceRegion region,
            StageClock clock) {
        int factor = reduction(region.box());
        if (factor == 1) {
            swap(source, sourceFace, picture, region, clock);
            return;
        }
        var reduced = clock.time(Stage.WARP, () -> ReducedFace.of(picture, region, factor));
        var small = FaceRegion.of(reduced.face(), reduced.picture().bounds());
        swap(source, sourceFace, reduced.picture(), small, clock);
        clock.time(Stage.BLEND, () -> reduced.writeBack(mask, small.box(), picture));
    }

    private static int reduction(PixelBox box) {
        var pixels = (double) box.width() * box.height();
        return (int) Math.ceil(Math.sqrt(Math.max(1, pixels / MAX_PIXELS)));
    }

    private void swap(
            Picture source,
            Landmarks sourceFace,
            Picture picture,
            FaceRegion region,
            StageClock clock) {
        clock.time(Stage.WARP, () -> warp.warp(source, sourceFace, region, face, covered));
        clock.time(Stage.MASK, () -> drawMask(sourceFace, region));
        clock.time(Stage.COLOUR, () -> matchColour(picture, region));
        clock.time(Stage.MASK, () -> guardForehead(region));
        clock.time(Stage.BLEND, () -> blend.blend(face, target, mask, covered, region, picture));
    }

    private void drawMask(Landmarks sourceFace, FaceRegion region) {
        boolean keepMouth =
                FaceShape.mouthGap(region.face()) > OPEN_MOUTH
                        && FaceShape.mouthGap(sourceFace) < CLOSED_MOUTH;
        faceMask.hard(region, covered, keepMouth, hardMask);
        faceMask.soften(region, hardMask, covered, mask);
    }

    private void matchColour(Picture picture, FaceRegion region) {
        var window = region.inner().grown(ForeheadGuard.margin(region), region.bounds());
        target.read(picture, region.box());
        LabColour.toLab(target, targetLab, window);
        LabColour.toLab(face, faceLab, region.inner());
        skinLikeness.weigh(targetLab, region, window, targetSkin);
        skinLikeness.weigh(faceLab, region, region.inner(), faceSkin);
        findCommonSkin(region);
        colourTransfer.transfer(faceLab, targetLab, commonSkin, region.inner());
        finish(window);
    }

    private void findCommonSkin(FaceRegion region) {
        commonSkin.reshape(covered).fill(0);
        var inner = region.inner();
        for (int y = inner.top(); y < inner.bottom(); y++) {
            int end = y * covered.width() + inner.right();
            for (int i = y * covered.width() + inner.left(); i < end; i++) {
                boolean common =
                        hardMask.values()[i] > 0
                                && faceSkin.values()[i] > SKIN
                                && targetSkin.values()[i] > SKIN;
                commonSkin.values()[i] = common ? 1 : 0;
            }
        }
    }

    /// Turns the face back to RGB where it is, and into the target where it is not.
    private void finish(PixelBox window) {
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * covered.width() + window.right();
            for (int i = y * covered.width() + window.left(); i < end; i++) {
                if (covered.values()[i] > 0) {
                    LabColour.toRgb(faceLab, face, i);
                } else {
                    for (int channel = 0; channel < 3; channel++) {
                        face.plane(channel).values()[i] = target.plane(channel).values()[i];
                        faceLab.plane(channel).values()[i] = targetLab.plane(channel).values()[i];
                    }
                }
            }
        }
    }

    private void guardForehead(FaceRegion region) {
        var window = region.inner().grown(ForeheadGuard.margin(region), region.bounds());
        skinLikeness.weigh(faceLab, region, window, faceSkin);
        foreheadGuard.guard(faceSkin, targetSkin, region, mask);
    }
}
