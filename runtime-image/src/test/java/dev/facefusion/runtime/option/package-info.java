@NullMarked
package dev.facefusion.runtime.option;

import org.jspecify.annotations.NullMarked;
