package dev.facefusion.runtime.option;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.options.AgeRange;
import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.EnhancerOptions;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;
import dev.facefusion.runtime.engine.options.MaskOptions;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.options.SelectorOptions;
import dev.facefusion.runtime.engine.options.SwapperOptions;
import dev.facefusion.runtime.engine.options.TrackerOptions;
import dev.facefusion.runtime.engine.video.AudioOptions;
import dev.facefusion.runtime.engine.video.Trim;
import dev.facefusion.runtime.engine.video.VideoOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The options that somebody gave, over defaults. It never changes.
public final class OptionValues {

    private static final OptionValues NONE = new OptionValues(Map.of(), Map.of());

    private final Map<TaskOption<?>, Object> defaults;
    private final Map<TaskOption<?>, Object> given;

    private OptionValues(Map<TaskOption<?>, Object> defaults, Map<TaskOption<?>, Object> given) {
        this.defaults = defaults;
        this.given = given;
    }

    /// Nothing is given: the table's defaults.
    public static OptionValues none() {
        return NONE;
    }

    /// Nothing is given, and what FaceFusion 3.8 itself would do: it looks for faces like the
    /// reference's, and writes pictures at quality 80.
    public static OptionValues faceFusions() {
        return new OptionValues(
                Map.of(
                        TaskOptions.SELECTOR_MODE,
                        SelectorMode.REFERENCE,
                        TaskOptions.OUTPUT_QUALITY,
                        80),
                Map.of());
    }

    /// With one more.
    public <T> OptionValues with(TaskOption<T> option, T value) {
        var more = new HashMap<>(given);
        more.put(option, value);
        return new OptionValues(defaults, Map.copyOf(more));
    }

    /// With one more, as somebody wrote it.
    ///
    /// @param name under which it was given, for the error
    /// @throws BadOptionException if the words are no value of it
    public <T> OptionValues with(TaskOption<T> option, String name, List<String> words) {
        return with(
                option,
                option.kind()
                        .read(words)
                        .orElseThrow(() -> new BadOptionException(name, option.kind().expected())));
    }

    /// What was given, in words by the options' names.
    public Map<String, String> given() {
        var words = new TreeMap<String, String>();
        given.keySet().forEach(option -> words.put(option.name(), words(option)));
        return words;
    }

    private <T> String words(TaskOption<T> option) {
        return String.join(" ", option.kind().words(get(option)));
    }

    public boolean has(TaskOption<?> option) {
        return given.containsKey(option);
    }

    /// The option's value: what was given, or the default.
    @SuppressWarnings("unchecked") // only values of its kind are put under an option
    public <T> T get(TaskOption<T> option) {
        return (T) given.getOrDefault(option, defaults.getOrDefault(option, option.otherwise()));
    }

    /// What a task is told.
    ///
    /// @throws BadOptionException if two options contradict each other
    public SwapOptions toSwapOptions() {
        return new SwapOptions(
                get(TaskOptions.FRAME_PROCESSORS),
                blendRatio(),
                get(TaskOptions.OUTPUT_FORMAT),
                get(TaskOptions.OUTPUT_QUALITY),
                new FaceOptions(
                        new DetectorOptions(
                                get(TaskOptions.DETECTOR_MODEL),
                                get(TaskOptions.DETECTOR_SIZE),
                                get(TaskOptions.DETECTOR_MARGIN),
                                get(TaskOptions.DETECTOR_ANGLES),
                                get(TaskOptions.DETECTOR_SCORE)),
                        new LandmarkerOptions(
                                get(TaskOptions.LANDMARKER_MODEL),
                                get(TaskOptions.LANDMARKER_SCORE)),
                        selector(),
                        tracker(),
                        new MaskOptions(
                                get(TaskOptions.MASK_TYPES),
                                get(TaskOptions.MASK_AREAS),
                                get(TaskOptions.MASK_REGIONS),
                                get(TaskOptions.MASK_BLUR),
                                get(TaskOptions.MASK_PADDING),
                                get(TaskOptions.OCCLUDER_MODEL),
                                get(TaskOptions.PARSER_MODEL)),
                        new SwapperOptions(
                                get(TaskOptions.SWAPPER_MODEL),
                                get(TaskOptions.SWAPPER_PIXEL_BOOST),
                                get(TaskOptions.SWAPPER_WEIGHT)),
                        new EnhancerOptions(
                                get(TaskOptions.ENHANCER_MODEL),
                                get(TaskOptions.ENHANCER_WEIGHT),
                                get(TaskOptions.ENHANCE_FACE_SIZE))));
    }

    /// How a video is written.
    ///
    /// @throws BadOptionException if two options contradict each other
    public VideoOptions toVideoOptions() {
        int start = get(TaskOptions.TRIM_START);
        var end = get(TaskOptions.TRIM_END);
        if (end.isPresent() && end.get() <= start) {
            throw new BadOptionException(
                    TaskOptions.TRIM_END.name(), "more than " + TaskOptions.TRIM_START.name());
        }
        return new VideoOptions(
                start == 0 && end.isEmpty()
                        ? new Trim.Whole()
                        : new Trim.Frames(
                                start,
                                end.isPresent()
                                        ? OptionalLong.of(end.get())
                                        : OptionalLong.empty()),
                get(TaskOptions.VIDEO_ENCODER),
                get(TaskOptions.VIDEO_PRESET),
                get(TaskOptions.VIDEO_QUALITY),
                get(TaskOptions.VIDEO_SCALE),
                get(TaskOptions.VIDEO_FPS).stream().mapToDouble(fps -> fps).findFirst(),
                new AudioOptions(
                        get(TaskOptions.AUDIO_ENCODER),
                        get(TaskOptions.AUDIO_QUALITY),
                        get(TaskOptions.AUDIO_VOLUME)));
    }

    private SelectorOptions selector() {
        int start = get(TaskOptions.SELECTOR_AGE_START);
        int end = get(TaskOptions.SELECTOR_AGE_END);
        if (end < start) {
            throw new BadOptionException(
                    TaskOptions.SELECTOR_AGE_END.name(),
                    "at least " + TaskOptions.SELECTOR_AGE_START.name());
        }
        return new SelectorOptions(
                get(TaskOptions.SELECTOR_MODE),
                get(TaskOptions.SELECTOR_ORDER),
                get(TaskOptions.SELECTOR_GENDER),
                get(TaskOptions.SELECTOR_RACE),
                new AgeRange(start, end),
                get(TaskOptions.REFERENCE_POSITION),
                get(TaskOptions.REFERENCE_DISTANCE),
                get(TaskOptions.REFERENCE_FRAME));
    }

    private Optional<TrackerOptions> tracker() {
        double score = get(TaskOptions.TRACKER_SCORE);
        return score == 0
                ? Optional.empty()
                : Optional.of(new TrackerOptions(score, get(TaskOptions.TARGET_FRAME_AMOUNT)));
    }

    private double blendRatio() {
        if (!has(TaskOptions.ENHANCER_BLEND)) {
            return get(TaskOptions.BLEND_RATIO);
        }
        if (has(TaskOptions.BLEND_RATIO)) {
            throw new BadOptionException(
                    TaskOptions.BLEND_RATIO.name(),
                    "nothing where %s is given".formatted(TaskOptions.ENHANCER_BLEND.name()));
        }
        return get(TaskOptions.ENHANCER_BLEND) / 100.0;
    }
}
