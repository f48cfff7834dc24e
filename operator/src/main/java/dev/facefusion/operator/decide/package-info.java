/// What is wrong and what to do about it, from one snapshot: pure, without clock, cluster or log.
@NullMarked
package dev.facefusion.operator.decide;

import org.jspecify.annotations.NullMarked;
