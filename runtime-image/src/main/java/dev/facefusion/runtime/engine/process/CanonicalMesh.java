package dev.facefusion.runtime.engine.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.engine.geometry.TriangleMesh;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads the triangles of MediaPipe's canonical face.
public final class CanonicalMesh {

    private CanonicalMesh() {}

    /// The 898 triangles.
    ///
    /// @param json `canonical_face_mesh.json`; its `triangles` are triples of landmark indices
    public static TriangleMesh parse(byte[] json) {
        try {
            var mapper = new JsonMapper();
            var triangles = mapper.readTree(json).required("triangles");
            var corners = new int[3 * triangles.size()];
            int at = 0;
            for (var triangle : mapper.treeToValue(triangles, int[][].class)) {
                for (int corner : triangle) {
                    corners[at++] = corner;
                }
            }
            return TriangleMesh.of(corners);
        } catch (IOException e) {
            throw new UncheckedIOException("the canonical face mesh is not JSON", e);
        }
    }
}
