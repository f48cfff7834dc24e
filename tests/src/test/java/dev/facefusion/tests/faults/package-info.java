/// What makes a sound runtime fail in a pod.
@NullMarked
package dev.facefusion.tests.faults;

import org.jspecify.annotations.NullMarked;
