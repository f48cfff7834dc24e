/// The audit log: what was asked for and what came of it, by digests.
@NullMarked
package dev.facefusion.runtime.audit;

import org.jspecify.annotations.NullMarked;
