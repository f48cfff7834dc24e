@NullMarked
package dev.facefusion.runtime.jobs;

import org.jspecify.annotations.NullMarked;
