package dev.facefusion.runtime.option;

/// What options are about, for help that people read.
public enum OptionGroup {
    TASK("What is done"),
    DETECTOR("How faces are found"),
    SELECTOR("Which faces are worked on"),
    TRACKER("How the faces of a video are tracked"),
    MASK("Which part of a face is changed"),
    SWAPPER("How a face is swapped"),
    ENHANCER("How a face is enhanced"),
    OUTPUT("How a picture is written"),
    VIDEO("Which part of a video is worked on, and how it is written");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
