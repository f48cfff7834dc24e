/// The operator's own health and metrics, over HTTP.
@NullMarked
package dev.facefusion.operator.management;

import org.jspecify.annotations.NullMarked;
