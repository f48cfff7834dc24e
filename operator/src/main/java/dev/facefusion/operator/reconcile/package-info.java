/// The loop; the only package that knows both what is seen and what is done.
@NullMarked
package dev.facefusion.operator.reconcile;

import org.jspecify.annotations.NullMarked;
