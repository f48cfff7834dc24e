@NullMarked
package dev.facefusion.runtime.plugin.bundled;

import org.jspecify.annotations.NullMarked;
