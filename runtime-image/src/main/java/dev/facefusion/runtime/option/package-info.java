/// The options of a task as people write them, on the command line, in a request or in a program:
/// one table of names, ranges and defaults for all three.
@NullMarked
package dev.facefusion.runtime.option;

import org.jspecify.annotations.NullMarked;
