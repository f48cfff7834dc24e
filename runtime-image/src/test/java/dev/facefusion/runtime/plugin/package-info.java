@NullMarked
package dev.facefusion.runtime.plugin;

import org.jspecify.annotations.NullMarked;
