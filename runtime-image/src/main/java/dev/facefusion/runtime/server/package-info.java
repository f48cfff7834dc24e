/// The server as a whole: its configuration, how its parts are put together, how it starts and
/// ends.
@NullMarked
package dev.facefusion.runtime.server;

import org.jspecify.annotations.NullMarked;
