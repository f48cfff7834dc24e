package dev.facefusion.runtime.engine.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.engine.geometry.TriangleMesh;
import dev.facefusion.runtime.models.ModelException;
import java.io.IOException;
import java.util.Arrays;

/// Reads the triangles of MediaPipe's canonical face.
public final class CanonicalMesh {

    private CanonicalMesh() {}

    /// The 898 triangles.
    ///
    /// @param json `canonical_face_mesh.json`; its `triangles` are triples of landmark indices
    /// @throws ModelException if it is not such a file
    public static TriangleMesh parse(byte[] json) {
        try {
            var mapper = new JsonMapper();
            var triangles = mapper.readTree(json).required("triangles");
            var corners = mapper.treeToValue(triangles, int[][].class);
            return TriangleMesh.of(Arrays.stream(corners).flatMapToInt(Arrays::stream).toArray());
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException(
                    "The canonical face mesh is not the file that its name says (%s). Restore it from the distribution."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
