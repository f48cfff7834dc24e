/// Puts changed faces back into their pictures.
@NullMarked
package dev.facefusion.runtime.engine.paste;

import org.jspecify.annotations.NullMarked;
