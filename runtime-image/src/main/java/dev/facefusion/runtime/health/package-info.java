/// What the runtime says about itself: the health report, its server, and the figures behind both.
@NullMarked
package dev.facefusion.runtime.health;

import org.jspecify.annotations.NullMarked;
