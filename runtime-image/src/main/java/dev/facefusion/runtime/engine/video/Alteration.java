package dev.facefusion.runtime.engine.video;

/// What a result has otherwise than its source beside the faces, or lacks: nothing of it was asked
/// for.
public enum Alteration {
    TRANSPARENCY_DROPPED("Transparency is not kept."),
    TONE_MAPPED("High dynamic range became standard range."),
    REDUCED_DEPTH("More than 8 bits a colour became 8."),
    REDUCED_CHROMA("The colours' resolution became half of the picture's (4:2:0)."),
    CROPPED("The last row or column was cut: videos have even sizes."),
    TURNED("The pictures are stored upright instead of being turned by the player."),
    AUDIO_ENCODED("The container cannot hold the sound as it was; it was encoded anew."),
    SOUND_DROPPED("A track of sound says too little of itself to be kept."),
    SUBTITLES_DROPPED("Subtitles and data are not kept."),
    ENCODER_REPLACED("The container cannot hold what the encoder makes; another one was used."),
    UNMARKED("The format has no room for the marks that say how the file was made.");

    private final String sentence;

    Alteration(String sentence) {
        this.sentence = sentence;
    }

    /// For a person.
    public String sentence() {
        return sentence;
    }
}
