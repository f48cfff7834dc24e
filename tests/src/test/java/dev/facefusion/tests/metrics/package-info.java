/// A metrics API of a single number, which a test runs inside the cluster.
@NullMarked
package dev.facefusion.tests.metrics;

import org.jspecify.annotations.NullMarked;
