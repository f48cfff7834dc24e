/// Many tasks in one process, some cancelled, and what is left of them.
@NullMarked
package dev.facefusion.sdk.soak;

import org.jspecify.annotations.NullMarked;
