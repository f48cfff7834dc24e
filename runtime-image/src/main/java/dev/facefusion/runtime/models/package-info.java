/// The model files on disk: what they are, where they come from, and that they are intact.
@NullMarked
package dev.facefusion.runtime.models;

import org.jspecify.annotations.NullMarked;
