package dev.facefusion.tests.identity;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// An ONNX model that takes one square RGB picture, NHWC float32.
final class OnnxModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxModel(Path file) {
        try {
            session = environment.createSession(file.toString());
        } catch (OrtException e) {
            throw new IllegalStateException("cannot load the model " + file, e);
        }
    }

    /// Runs the model on pixels that become `value * scale + offset`.
    ///
    /// @return the flattened outputs by name
    Map<String, float[]> run(BufferedImage square, float scale, float offset) {
        long[] shape = {1, square.getHeight(), square.getWidth(), 3};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(environment, pixels(square, scale, offset), shape);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            Map<String, float[]> outputs = new HashMap<>();
            for (Map.Entry<String, ?> output : result) {
                outputs.put(output.getKey(), values((OnnxTensor) output.getValue()));
            }
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException("the model failed", e);
        }
    }

    private static FloatBuffer pixels(BufferedImage square, float scale, float offset) {
        FloatBuffer buffer = FloatBuffer.allocate(square.getWidth() * square.getHeight() * 3);
        for (int y = 0; y < square.getHeight(); y++) {
            for (int x = 0; x < square.getWidth(); x++) {
                int rgb = square.getRGB(x, y);
                buffer.put(((rgb >> 16) & 0xff) * scale + offset);
                buffer.put(((rgb >> 8) & 0xff) * scale + offset);
                buffer.put((rgb & 0xff) * scale + offset);
            }
        }
        return buffer.flip();
    }

    private static float[] values(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close the model", e);
        }
    }
}
