/// Whether a GPU's memory leaks, and when it will be full. The method: `docs/vram-trend.md`.
@NullMarked
package dev.facefusion.operator.decide.trend;

import org.jspecify.annotations.NullMarked;
