package dev.facefusion.runtime.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The keys that open the task API.
///
/// ```
/// # one line per key; a name may have several while a key is replaced
/// ci:       sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
/// web-shop: sha256:…
/// ```
public final class ApiKeys {

    private final List<ApiKey> keys;

    private ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /// A key just made.
    ///
    /// @param secret for the client; nothing keeps it
    /// @param line for the file
    public record NewKey(String secret, String line) {
        @Override
        public String toString() {
            return "NewKey[" + line + "]";
        }
    }

    /// Makes a key.
    ///
    /// @throws IllegalArgumentException if the name cannot be one
    public static NewKey create(String name) {
        var secret = ApiKey.newSecret(new SecureRandom());
        return new NewKey(secret, ApiKey.of(name, secret).line());
    }

    /// The keys of a file.
    ///
    /// @throws IllegalArgumentException for the first line that cannot be used, a key that stands
    ///   twice, or no key at all; the message has the line's number and not its text
    public static ApiKeys parse(byte[] file) {
        var keys = new ArrayList<ApiKey>();
        var hashes = new HashSet<String>();
        var number = 0;
        for (var line : new String(file, UTF_8).lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            var key = key(line.strip(), number);
            if (!hashes.add(HexFormat.of().formatHex(key.hash()))) {
                throw new IllegalArgumentException(
                        "line %d has a key that another line has too".formatted(number));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it");
        }
        return new ApiKeys(keys);
    }

    /// The name of a key's owner. Takes as long for one key as for another, and for none.
    public Optional<String> owner(String secret) {
        var hash = ApiKey.hash(secret);
        Optional<String> owner = Optional.empty();
        for (var key : keys) {
            if (MessageDigest.isEqual(key.hash(), hash)) {
                owner = Optional.of(key.name());
            }
        }
        return owner;
    }

    public int count() {
        return keys.size();
    }

    private static ApiKey key(String line, int number) {
        try {
            return ApiKey.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line %d %s".formatted(number, e.getMessage()), e);
        }
    }
}
