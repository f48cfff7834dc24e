package dev.facefusion.runtime.config;

/// A setting that cannot be used; the message names it, its value and the remedy.
public final class ConfigException extends RuntimeException {

    public ConfigException(String message) {
        super(message);
    }
}
