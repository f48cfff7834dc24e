/// Figures for Prometheus.
@NullMarked
package dev.facefusion.runtime.metrics;

import org.jspecify.annotations.NullMarked;
