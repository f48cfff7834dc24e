package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.options.AgeRange;

/// What a classifier takes a face for. A guess from a picture, often wrong; it serves to tell the
/// faces of one picture apart, and nothing else.
public record Traits(Gender gender, Race race, AgeRange age) {

    public enum Gender {
        FEMALE,
        MALE
    }

    public enum Race {
        WHITE,
        BLACK,
        LATINO,
        ASIAN,
        INDIAN,
        ARABIC
    }
}
