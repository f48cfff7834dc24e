/// What happens when Java's heap is full.
@NullMarked
package dev.facefusion.runtime.memory;

import org.jspecify.annotations.NullMarked;
