/// Where signers of results plug in.
@NullMarked
package dev.facefusion.runtime.signing;

import org.jspecify.annotations.NullMarked;
