/// Tests of the marks, with and without other programs.
@NullMarked
package dev.facefusion.runtime.provenance;

import org.jspecify.annotations.NullMarked;
