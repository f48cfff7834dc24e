/// Tests of streamed forms.
@NullMarked
package dev.facefusion.runtime.upload;

import org.jspecify.annotations.NullMarked;
