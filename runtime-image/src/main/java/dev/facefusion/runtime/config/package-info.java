/// Settings as the environment gives them. Each part of the runtime reads its own from here.
@NullMarked
package dev.facefusion.runtime.config;

import org.jspecify.annotations.NullMarked;
