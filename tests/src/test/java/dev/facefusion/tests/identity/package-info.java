/// Whose face is in a picture: the oracle of the swap tests. It shares no code with the runtime, so
/// that an error there can't hide itself here.
@NullMarked
package dev.facefusion.tests.identity;

import org.jspecify.annotations.NullMarked;
