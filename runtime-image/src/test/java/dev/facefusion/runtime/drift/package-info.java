@NullMarked
package dev.facefusion.runtime.drift;

import org.jspecify.annotations.NullMarked;
