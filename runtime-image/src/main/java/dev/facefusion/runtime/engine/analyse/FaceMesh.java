package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.RegionOfInterest;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.AreaResize;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.session.ModelSession;
import java.util.List;

/// MediaPipe's face mesh (`facemesh_468`).
///
/// Input: RGB, NHWC float32 in [0, 1], shape (1, 192, 192, 3). Outputs: 468 points x, y, z in input
/// pixels, shape (1, 1, 1, 1404), and the logit that this is a face, shape (1, 1, 1, 1).
public final class FaceMesh {

    private static final int SIZE = 192;

    /// A picture is halved before it is sampled more sparsely than this.
    private static final double SPARSE = 0.5;

    private final ModelSession model;
    private final AreaResize resize = new AreaResize();
    private final Picture crop = Picture.black(SIZE, SIZE);
    private final float[] tensor = new float[SIZE * SIZE * 3];
    private final float[] points = new float[3 * Landmarks.COUNT];

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not these shapes
    public FaceMesh(ModelSession model) {
        this.model = model;
        model.signature().requireInput("input", 1, SIZE, SIZE, 3);
        model.signature().requireOutput("landmarks", 1, 1, 1, points.length);
        model.signature().requireOutput("face_flag", 1, 1, 1, 1);
    }

    /// The landmarks of a face.
    ///
    /// @param presence how sure the model is that this is a face, 0 to 1
    /// @param look of the face, upright
    record Found(Landmarks landmarks, double presence, LightGrid look) {}

    /// The landmarks of a detected face.
    Found landmarks(Picture picture, Detection face) {
        var region = RegionOfInterest.of(face.box(), face.rightEye(), face.leftEye());
        // The second pass starts from the first one's points and so sees the face upright.
        return follow(picture, locate(picture, region));
    }

    /// The landmarks of a face that was elsewhere a moment ago, in one pass.
    Found follow(Picture picture, Landmarks before) {
        var landmarks = locate(picture, region(before));
        var presence = 1 / (1 + Math.exp(-model.output("face_flag").get(0)));
        return new Found(landmarks, presence, LightGrid.of(crop));
    }

    private static RegionOfInterest region(Landmarks face) {
        return RegionOfInterest.of(
                face.box(),
                face.point(FaceShape.RIGHT_EYE_CORNER),
                face.point(FaceShape.LEFT_EYE_CORNER));
    }

    private Landmarks locate(Picture picture, RegionOfInterest region) {
        cut(picture, region);
        TensorLayout.channelsLast(crop, 1 / 255f, 0, tensor);
        model.run(tensor);
        model.output("landmarks").get(0, points);
        return Landmarks.ofCrop(points, region, SIZE);
    }

    private void cut(Picture picture, RegionOfInterest region) {
        var toCrop = region.toCrop(SIZE);
        var density = SIZE / region.side();
        if (density >= SPARSE) {
            AffineCrop.cut(picture, toCrop, Border.BLACK, crop);
            return;
        }
        int factor = Integer.highestOneBit((int) Math.floor(1 / density));
        int width = Math.max(1, picture.width() / factor);
        int height = Math.max(1, picture.height() / factor);
        var fromShrunk = toCrop.fromShrunk(factor);
        var back = fromShrunk.inverse();
        var corners =
                List.of(
                        new Point(0, 0),
                        new Point(SIZE, 0),
                        new Point(0, SIZE),
                        new Point(SIZE, SIZE));
        var part = pixels(Box.around(corners.stream().map(back::map).toList()), width, height);
        var shrunk = Picture.black(part.width(), part.height());
        var grid =
                new AreaResize.Grid(
                        (double) picture.width() / width, (double) picture.height() / height);
        resize.shrink(picture, grid, part, shrunk, 0, 0);
        AffineCrop.cut(shrunk, fromShrunk.fromOrigin(part.left(), part.top()), Border.BLACK, crop);
    }

    /// The pixels that a box touches, at least one, and two more on each side for interpolation.
    private static PixelBox pixels(Box box, int width, int height) {
        int left = (int) Math.clamp(Math.floor(box.left()) - 2, 0, width - 1.0);
        int top = (int) Math.clamp(Math.floor(box.top()) - 2, 0, height - 1.0);
        int right = (int) Math.clamp(Math.ceil(box.right()) + 2, left + 1.0, width);
        int bottom = (int) Math.clamp(Math.ceil(box.bottom()) + 2, top + 1.0, height);
        return new PixelBox(left, top, right, bottom);
    }
}
