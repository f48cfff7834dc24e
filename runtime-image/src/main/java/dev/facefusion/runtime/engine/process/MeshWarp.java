package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.TriangleMesh;
import dev.facefusion.runtime.engine.image.AreaResize;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.MeshSampler;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.TriangleFill;

/// Bends the source's face into the shape of the target's, triangle by triangle.
final class MeshWarp {

    /// A source face this many times larger than the target's is shrunk first, against aliasing.
    private static final double MUCH_LARGER = 1.5;

    /// Room around the shrunk face, for the pixels on the mesh's outline.
    private static final int MARGIN_PIXELS = 8;

    private final TriangleMesh mesh;
    private final AreaResize resize = new AreaResize();
    private short[] triangles = {};

    MeshWarp(TriangleMesh mesh) {
        this.mesh = mesh;
    }

    /// Fills the layer with the warped face and `covered` with 1 where it is, 0 elsewhere.
    void warp(Picture source, Landmarks sourceFace, FaceRegion region, Layer layer, Plane covered) {
        var shrunk = shrink(source, sourceFace, region.size());
        int width = region.width();
        int height = region.height();
        triangles = triangles.length < width * height ? new short[width * height] : triangles;
        TriangleFill.paint(mesh, region.face(), width, height, triangles);
        layer.reshape(width, height);
        covered.reshape(width, height);
        MeshSampler.sample(
                shrunk.picture(),
                triangles,
                mesh.maps(region.face(), shrunk.face()),
                layer,
                covered);
    }

    private record Shrunk(Picture picture, Landmarks face) {}

    private Shrunk shrink(Picture source, Landmarks face, double targetSize) {
        var scale = FaceShape.width(face) / targetSize;
        if (scale <= MUCH_LARGER) {
            return new Shrunk(source, face);
        }
        int width = Math.max(1, (int) Math.rint(source.width() / scale));
        int height = Math.max(1, (int) Math.rint(source.height() / scale));
        var around = face.placed(1 / scale, 1 / scale, 0, 0).box();
        var part =
                new PixelBox(
                                (int) Math.clamp(Math.floor(around.left()), 0, width - 1.0),
                                (int) Math.clamp(Math.floor(around.top()), 0, height - 1.0),
                                (int) Math.clamp(Math.ceil(around.right()), 1, width),
                                (int) Math.clamp(Math.ceil(around.bottom()), 1, height))
                        .grown(MARGIN_PIXELS, PixelBox.of(width, height));
        var picture = Picture.black(part.width(), part.height());
        resize.shrink(source, new AreaResize.Grid(scale, scale), part, picture, 0, 0);
        return new Shrunk(picture, face.placed(1 / scale, 1 / scale, -part.left(), -part.top()));
    }
}
