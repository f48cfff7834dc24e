@NullMarked
package dev.facefusion.runtime.security;

import org.jspecify.annotations.NullMarked;
