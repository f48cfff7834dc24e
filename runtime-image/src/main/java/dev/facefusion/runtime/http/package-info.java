/// The task API: pictures over HTTP in, a picture or an RFC 9457 problem out.
@NullMarked
package dev.facefusion.runtime.http;

import org.jspecify.annotations.NullMarked;
