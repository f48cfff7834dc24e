/// Multipart forms, streamed to files: nothing in memory grows with the body's size, and nothing on
/// the disk outlives its request.
@NullMarked
package dev.facefusion.runtime.upload;

import org.jspecify.annotations.NullMarked;
