package dev.facefusion.runtime.models;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether a model's licence lets it be used for gain, as far as the licence's own words go.
public enum CommercialUse {
    YES,
    NO,
    /// No licence is stated, or what is stated does not settle it.
    UNKNOWN;

    /// How manifests and tables spell it.
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
