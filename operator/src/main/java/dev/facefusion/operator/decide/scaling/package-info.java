/// How many pods the load needs, and which pods go first: pure, and without knowledge of the rest.
@NullMarked
package dev.facefusion.operator.decide.scaling;

import org.jspecify.annotations.NullMarked;
