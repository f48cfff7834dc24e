/// The command line: what a person or a container starts.
@NullMarked
package dev.facefusion.runtime.cli;

import org.jspecify.annotations.NullMarked;
