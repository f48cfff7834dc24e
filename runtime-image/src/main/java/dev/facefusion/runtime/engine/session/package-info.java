/// ONNX Runtime: the only package that knows it.
@NullMarked
package dev.facefusion.runtime.engine.session;

import org.jspecify.annotations.NullMarked;
