/// Reads what ONNX Runtime does not tell of a model's file.
@NullMarked
package dev.facefusion.runtime.engine.onnx;

import org.jspecify.annotations.NullMarked;
