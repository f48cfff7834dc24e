/// Who may use the task API, from where, and how slowly: keys, tokens, addresses, certificates and
/// limits. Knows nothing of the HTTP server.
@NullMarked
package dev.facefusion.runtime.security;

import org.jspecify.annotations.NullMarked;
