/// The inference runtime: command line and HTTP in front of one engine.
@NullMarked
package dev.facefusion.runtime;

import org.jspecify.annotations.NullMarked;
