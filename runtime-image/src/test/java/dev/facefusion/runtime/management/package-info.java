/// Tests of who may drain and restart, and how often one may ask.
@NullMarked
package dev.facefusion.runtime.management;

import org.jspecify.annotations.NullMarked;
