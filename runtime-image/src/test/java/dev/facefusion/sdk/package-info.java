@NullMarked
package dev.facefusion.sdk;

import org.jspecify.annotations.NullMarked;
