package dev.facefusion.runtime.token;

import java.io.IOException;
import java.net.URI;

/// Who has an issuer's documents.
interface KeyHost {

    /// A document at an address that we were told: its host may see our token.
    String fromConfigured(URI address) throws IOException;

    /// A document at an address that another document named.
    String fromNamed(URI address) throws IOException;
}
