package dev.facefusion.runtime.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// One line of the file of keys: `name: sha256:…`. The key itself is not in it.
///
/// Plain SHA-256, because a key is 256 random bits: there is nothing to guess, so a slow hash would
/// protect nothing, and its cost would be a client's to spend. A password would need one; keys that
/// people make up are not for this file.
///
/// @param name of the client. Two keys may have the same: the old and the new one of a rotation
/// @param hash 32 bytes
@SuppressWarnings("ArrayRecordComponent") // never compared
record ApiKey(String name, byte[] hash) {

    private static final String PREFIX = "ffk_";
    private static final int RANDOM_BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern LINE = Pattern.compile("([^:\\s]+):\\s*sha256:([0-9a-f]{64})");

    /// The key of a line.
    ///
    /// @throws IllegalArgumentException saying what is wrong, without the line
    static ApiKey parse(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("is not of the form name: sha256:<64 hex digits>");
        }
        return new ApiKey(checkedName(match.group(1)), HexFormat.of().parseHex(match.group(2)));
    }

    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "has a name that is not 1 to 64 letters, digits, dots, dashes and underscores");
        }
        return name;
    }

    /// A new secret: 256 random bits, with a prefix by which scanners of repositories find it.
    static String newSecret(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static ApiKey of(String name, String secret) {
        return new ApiKey(checkedName(name), hash(secret));
    }

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String line() {
        return name + ": sha256:" + HexFormat.of().formatHex(hash);
    }
}
