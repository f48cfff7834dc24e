/// What the deployed operator and its pods promise, seen from outside.
@NullMarked
package dev.facefusion.tests.e2e;

import org.jspecify.annotations.NullMarked;
