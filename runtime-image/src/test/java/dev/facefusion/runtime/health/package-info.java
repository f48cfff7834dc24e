/// Tests of the health report and its server.
@NullMarked
package dev.facefusion.runtime.health;

import org.jspecify.annotations.NullMarked;
