/// Tests of the command line.
@NullMarked
package dev.facefusion.runtime.cli;

import org.jspecify.annotations.NullMarked;
