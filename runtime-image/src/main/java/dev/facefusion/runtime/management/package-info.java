/// Drain, restart and reload on demand, for whom the cluster says may ask for it.
@NullMarked
package dev.facefusion.runtime.management;

import org.jspecify.annotations.NullMarked;
