/// Signed tokens (JWT) of an issuer that publishes its keys, and the verdict about one.
@NullMarked
package dev.facefusion.runtime.token;

import org.jspecify.annotations.NullMarked;
