/// Programs that tests run inside the cluster in the runtime's place.
@NullMarked
package dev.facefusion.tests.misbehaviour;

import org.jspecify.annotations.NullMarked;
