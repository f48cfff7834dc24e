/// The operator: observe, decide, act, report.
@NullMarked
package dev.facefusion.operator;

import org.jspecify.annotations.NullMarked;
