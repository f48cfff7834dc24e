package dev.facefusion.runtime.token;

import java.nio.file.Path;
import java.util.Optional;

/// How to speak to the host that has the keys. Both files are read afresh each time: the kubelet
/// writes them anew.
///
/// @param certificates PEM, who may have signed the host's certificate; Java's own list if empty
/// @param bearerToken sent to the host of the [KeyLocation] only, not to one that it names
public record KeyAccess(Optional<Path> certificates, Optional<Path> bearerToken) {

    /// As anybody on the internet would.
    public static KeyAccess open() {
        return new KeyAccess(Optional.empty(), Optional.empty());
    }
}
