/// Tests of the server as a whole, over HTTP on loopback.
@NullMarked
package dev.facefusion.runtime.server;

import org.jspecify.annotations.NullMarked;
