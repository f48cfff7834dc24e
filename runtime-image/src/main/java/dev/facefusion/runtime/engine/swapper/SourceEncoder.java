package dev.facefusion.runtime.engine.swapper;

import dev.facefusion.runtime.engine.analyse.Embedding;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.image.AffineCrop;
import dev.facefusion.runtime.engine.image.Border;
import dev.facefusion.runtime.engine.image.Normalisation;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.models.ModelStore;

/// Makes of a source what a swapper's model takes of it.
@FunctionalInterface
interface SourceEncoder {

    /// The values of the tensor `source`.
    ///
    /// @param source with an identity, unless its picture is what is wanted
    float[] encode(Source source);

    /// The encoder of a swapper.
    ///
    /// @param swapper its model's name
    /// @throws dev.facefusion.runtime.models.ModelException if the swapper's file has not what it
    ///   should
    static SourceEncoder of(
            SourceKind kind, String swapper, ModelStore files, ModelSessions models) {
        return switch (kind) {
            case SourceKind.Mapped() -> {
                var matrix = IdentityMatrix.of(files.bytes(swapper));
                yield source -> mapped(identity(source).raw(), matrix);
            }
            case SourceKind.Normalised() -> source -> identity(source).normalised();
            case SourceKind.Converted(var converter, var normalised) -> {
                var model = new Converter(models.get(converter));
                yield source -> converted(identity(source).raw(), model, normalised);
            }
            case SourceKind.Pictured pictured ->
                    source -> pictured(source.portraits().getFirst(), pictured);
        };
    }

    private static Embedding identity(Source source) {
        return source.identity()
                .orElseThrow(() -> new IllegalArgumentException("the source has no identity"));
    }

    private static float[] mapped(float[] identity, IdentityMatrix matrix) {
        return divided(matrix.map(identity), length(identity));
    }

    private static float[] converted(float[] identity, Converter converter, boolean normalised) {
        var converted = converter.convert(identity);
        return normalised ? divided(converted, length(converted)) : converted;
    }

    private static float[] pictured(Portrait portrait, SourceKind.Pictured kind) {
        var crop = Picture.black(kind.side(), kind.side());
        var toCrop = kind.template().toCrop(portrait.face().fivePoints(), kind.side());
        AffineCrop.cut(portrait.picture(), toCrop, Border.REPLICATE, crop);
        var tensor = new float[3 * kind.side() * kind.side()];
        new PixelTile(1, 0, 0).read(crop, Normalisation.UNIT, tensor);
        return tensor;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static float[] divided(float[] vector, double by) {
        var divided = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            divided[i] = (float) (vector[i] / by);
        }
        return divided;
    }
}
