package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.WarpTemplate;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.TensorLayout;
import dev.facefusion.runtime.engine.masker.BoxMask;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;

/// Sharpens and cleans faces (`face_enhancer_512`, which takes and gives what GFPGAN 1.4 does).
///
/// Input and output: RGB, NCHW float32 in [-1, 1], shape (1, 3, 512, 512): the face upright, its
/// five points at the places of the FFHQ data set.
public final class FaceEnhancer implements FaceProcessor {

    private static final int SIZE = 512;

    /// FaceFusion's `face_mask_blur`: this share of half the crop fades out at the edge.
    private static final double MASK_BLUR = 0.3;

    private final ModelSession model;
    private final Picture crop = Picture.black(SIZE, SIZE);
    private final float[] tensor = new float[3 * SIZE * SIZE];
    private final float[] mask = new BoxMask(SIZE, MASK_BLUR, Margins.NONE).draw().values();

    public FaceEnhancer(ModelSession model) {
        this.model = model;
    }

    @Override
    public PixelBox process(FaceTask task, StageClock clock) {
        return clock.time(
                Stage.ENHANCE,
                () -> enhance(task.canvas(), task.face().fivePoints(), task.blendRatio()));
    }

    private PixelBox enhance(Canvas canvas, List<Point> fivePoints, double blendRatio) {
        var toCrop = WarpTemplate.FFHQ_512.toCrop(fivePoints, SIZE);
        AffineCrop.cut(canvas, toCrop, Border.REPLICATE, crop);
        TensorLayout.channelsFirst(crop, 1 / 127.5f, -1, tensor);
        model.run(tensor);
        model.output("output").get(0, tensor);
        for (int i = 0; i < tensor.length; i++) {
            float value = Math.clamp(tensor[i], -1f, 1f);
            tensor[i] = Math.round((value + 1) * 127.5f);
        }
        var part = extent(toCrop.inverse(), canvas.bounds());
        canvas.paint(part, picture -> pasteBack(picture, part, toCrop, (float) blendRatio));
        return part;
    }

    private void pasteBack(Picture picture, PixelBox part, Affine toCrop, float blendRatio) {
        for (int y = part.top(); y < part.bottom(); y++) {
            for (int x = part.left(); x < part.right(); x++) {
                float cropX = (float) toCrop.x(x, y);
                float cropY = (float) toCrop.y(x, y);
                if (cropX >= 0 && cropY >= 0 && cropX < SIZE - 1 && cropY < SIZE - 1) {
                    int column = (int) cropX;
                    int row = (int) cropY;
                    int at = row * SIZE + column;
                    float right = cropX - column;
                    float down = cropY - row;
                    float share = blendRatio * sample(mask, at, right, down);
                    int to = 3 * (y * picture.width() + x);
                    mix(picture.rgb(), to, at, right, down, share);
                }
            }
        }
    }

    private void mix(byte[] rgb, int to, int at, float right, float down, float share) {
        for (int c = 0; c < 3; c++) {
            int old = rgb[to + c] & 0xFF;
            float enhanced = sample(tensor, c * SIZE * SIZE + at, right, down);
            rgb[to + c] = (byte) (old + share * (enhanced - old) + 0.5f);
        }
    }

    private static float sample(float[] plane, int at, float right, float down) {
        float upper = plane[at] + right * (plane[at + 1] - plane[at]);
        float lower = plane[at + SIZE] + right * (plane[at + SIZE + 1] - plane[at + SIZE]);
        return upper + down * (lower - upper);
    }

    /// The part of the picture that the crop covers.
    private static PixelBox extent(Affine toPicture, PixelBox bounds) {
        var corners =
                List.of(
                        new Point(0, 0),
                        new Point(SIZE, 0),
                        new Point(0, SIZE),
                        new Point(SIZE, SIZE));
        var box = Box.around(corners.stream().map(toPicture::map).toList());
        return new PixelBox(
                (int) Math.max(bounds.left(), Math.floor(box.left())),
                (int) Math.max(bounds.top(), Math.floor(box.top())),
                (int) Math.min(bounds.right(), Math.ceil(box.right())),
                (int) Math.min(bounds.bottom(), Math.ceil(box.bottom())));
    }
}
