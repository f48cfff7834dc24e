@NullMarked
package dev.facefusion.runtime.audit;

import org.jspecify.annotations.NullMarked;
