package dev.facefusion.runtime.option;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.options.GenderFilter;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.engine.options.MaskArea;
import dev.facefusion.runtime.engine.options.MaskRegion;
import dev.facefusion.runtime.engine.options.MaskType;
import dev.facefusion.runtime.engine.options.RaceFilter;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.video.AudioEncoder;
import dev.facefusion.runtime.engine.video.VideoEncoder;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.engine.video.VideoPreset;
import dev.facefusion.runtime.option.OptionKind.Labels;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The table of a task's options: FaceFusion's names, and a few of our own where it has none.
public final class TaskOptions {

    private static final SwapOptions TASK = SwapOptions.defaults();
    private static final FaceOptions FACES = TASK.faces();
    private static final VideoOptions FILM = VideoOptions.defaults();
    private static final int MAX_SIDE = 4096;
    private static final OptionKind<Double> SHARE = new OptionKind.Ratio(0, 1);
    private static final OptionKind<Integer> PERCENT = new OptionKind.Whole(0, 100);
    private static final OptionKind<Integer> COUNT = new OptionKind.Whole(0, Integer.MAX_VALUE);
    private static final OptionKind<Optional<String>> MODEL = new OptionKind.ModelName();

    public static final TaskOption<List<FrameProcessor>> FRAME_PROCESSORS =
            new TaskOption<>(
                    "frame_processors",
                    List.of("processors"),
                    OptionGroup.TASK,
                    new OptionKind.Sequence<>(Labels.underscored(FrameProcessor.values())),
                    TASK.frameProcessors(),
                    "what is done to each face, in this order");

    public static final TaskOption<Optional<String>> DETECTOR_MODEL =
            new TaskOption<>(
                    "face_detector_model",
                    OptionGroup.DETECTOR,
                    MODEL,
                    FACES.detector().model(),
                    "what finds faces; many for several at once");
    public static final TaskOption<Integer> DETECTOR_SIZE =
            new TaskOption<>(
                    "face_detector_size",
                    OptionGroup.DETECTOR,
                    new OptionKind.Square(MAX_SIDE),
                    FACES.detector().size(),
                    "size to which the picture is brought for it");
    public static final TaskOption<Margins> DETECTOR_MARGIN =
            new TaskOption<>(
                    "face_detector_margin",
                    OptionGroup.DETECTOR,
                    new OptionKind.Sides(),
                    FACES.detector().margin(),
                    "black rim, in percent of half the picture");
    public static final TaskOption<List<QuarterTurn>> DETECTOR_ANGLES =
            new TaskOption<>(
                    "face_detector_angles",
                    OptionGroup.DETECTOR,
                    new OptionKind.Angles(),
                    FACES.detector().angles(),
                    "turns of the picture in which faces are sought, in this order");
    public static final TaskOption<Double> DETECTOR_SCORE =
            new TaskOption<>(
                    "face_detector_score",
                    OptionGroup.DETECTOR,
                    SHARE,
                    FACES.detector().score(),
                    "how sure it must be");
    public static final TaskOption<Optional<String>> LANDMARKER_MODEL =
            new TaskOption<>(
                    "face_landmarker_model",
                    OptionGroup.DETECTOR,
                    MODEL,
                    FACES.landmarker().model(),
                    "what finds the points of a face");
    public static final TaskOption<Double> LANDMARKER_SCORE =
            new TaskOption<>(
                    "face_landmarker_score",
                    OptionGroup.DETECTOR,
                    SHARE,
                    FACES.landmarker().score(),
                    "how sure it must be; 0 to do without it");

    public static final TaskOption<SelectorMode> SELECTOR_MODE =
            new TaskOption<>(
                    "face_selector_mode",
                    OptionGroup.SELECTOR,
                    new OptionKind.Choice<>(Labels.dashed(SelectorMode.values())),
                    FACES.selector().mode(),
                    "all, the first in order, or those like the reference");
    public static final TaskOption<FaceOrder> SELECTOR_ORDER =
            new TaskOption<>(
                    "face_selector_order",
                    OptionGroup.SELECTOR,
                    new OptionKind.Choice<>(Labels.dashed(FaceOrder.values())),
                    FACES.selector().order(),
                    "the order of the faces");
    public static final TaskOption<Optional<GenderFilter>> SELECTOR_GENDER =
            new TaskOption<>(
                    "face_selector_gender",
                    OptionGroup.SELECTOR,
                    new OptionKind.OptionalChoice<>(Labels.dashed(GenderFilter.values())),
                    FACES.selector().gender(),
                    "only these; auto for the source's");
    public static final TaskOption<Optional<RaceFilter>> SELECTOR_RACE =
            new TaskOption<>(
                    "face_selector_race",
                    OptionGroup.SELECTOR,
                    new OptionKind.OptionalChoice<>(Labels.dashed(RaceFilter.values())),
                    FACES.selector().race(),
                    "only these; auto for the source's");
    public static final TaskOption<Integer> SELECTOR_AGE_START =
            new TaskOption<>(
                    "face_selector_age_start",
                    OptionGroup.SELECTOR,
                    PERCENT,
                    FACES.selector().age().start(),
                    "from this age, in years");
    public static final TaskOption<Integer> SELECTOR_AGE_END =
            new TaskOption<>(
                    "face_selector_age_end",
                    OptionGroup.SELECTOR,
                    PERCENT,
                    FACES.selector().age().end(),
                    "below this age, in years");
    public static final TaskOption<Integer> REFERENCE_POSITION =
            new TaskOption<>(
                    "reference_face_position",
                    OptionGroup.SELECTOR,
                    COUNT,
                    FACES.selector().referencePosition(),
                    "which face is the reference, from 0");
    public static final TaskOption<Double> REFERENCE_DISTANCE =
            new TaskOption<>(
                    "reference_face_distance",
                    OptionGroup.SELECTOR,
                    SHARE,
                    FACES.selector().referenceDistance(),
                    "how unlike the reference a face may be");
    public static final TaskOption<Integer> REFERENCE_FRAME =
            new TaskOption<>(
                    "reference_frame_number",
                    OptionGroup.SELECTOR,
                    COUNT,
                    Math.toIntExact(FACES.selector().referenceFrame()),
                    "the frame of a video that shows it, from 0");

    public static final TaskOption<Double> TRACKER_SCORE =
            new TaskOption<>(
                    "face_tracker_score",
                    OptionGroup.TRACKER,
                    new OptionKind.Ratio(0, 0.5),
                    0.0,
                    "how much a face must overlap where it was; 0 for no tracking");
    public static final TaskOption<Integer> TARGET_FRAME_AMOUNT =
            new TaskOption<>(
                    "target_frame_amount",
                    OptionGroup.TRACKER,
                    new OptionKind.Whole(0, 10),
                    2,
                    "frames before and after each that are looked at");

    public static final TaskOption<Set<MaskType>> MASK_TYPES =
            new TaskOption<>(
                    "face_mask_types",
                    OptionGroup.MASK,
                    new OptionKind.Subset<>(Labels.dashed(MaskType.values())),
                    FACES.mask().types(),
                    "masks, of which the least counts");
    public static final TaskOption<Set<MaskArea>> MASK_AREAS =
            new TaskOption<>(
                    "face_mask_areas",
                    OptionGroup.MASK,
                    new OptionKind.Subset<>(Labels.dashed(MaskArea.values())),
                    FACES.mask().areas(),
                    "parts of the area mask");
    public static final TaskOption<Set<MaskRegion>> MASK_REGIONS =
            new TaskOption<>(
                    "face_mask_regions",
                    OptionGroup.MASK,
                    new OptionKind.Subset<>(Labels.dashed(MaskRegion.values())),
                    FACES.mask().regions(),
                    "parts of the region mask");
    public static final TaskOption<Double> MASK_BLUR =
            new TaskOption<>(
                    "face_mask_blur",
                    OptionGroup.MASK,
                    SHARE,
                    FACES.mask().blur(),
                    "softness of the box mask's edge");
    public static final TaskOption<Margins> MASK_PADDING =
            new TaskOption<>(
                    "face_mask_padding",
                    OptionGroup.MASK,
                    new OptionKind.Sides(),
                    FACES.mask().padding(),
                    "rim that the box mask leaves, in percent");
    public static final TaskOption<Optional<String>> OCCLUDER_MODEL =
            new TaskOption<>(
                    "face_occluder_model",
                    OptionGroup.MASK,
                    MODEL,
                    FACES.mask().occluder(),
                    "what sees what hides a face; many for all");
    public static final TaskOption<Optional<String>> PARSER_MODEL =
            new TaskOption<>(
                    "face_parser_model",
                    OptionGroup.MASK,
                    MODEL,
                    FACES.mask().parser(),
                    "what names the parts of a face");

    public static final TaskOption<Optional<String>> SWAPPER_MODEL =
            new TaskOption<>(
                    "face_swapper_model",
                    OptionGroup.SWAPPER,
                    MODEL,
                    FACES.swapper().model(),
                    "what puts one face onto another");
    public static final TaskOption<Integer> SWAPPER_PIXEL_BOOST =
            new TaskOption<>(
                    "face_swapper_pixel_boost",
                    OptionGroup.SWAPPER,
                    new OptionKind.Square(MAX_SIDE),
                    FACES.swapper().pixelBoost(),
                    "size at which it works, in steps of its own");
    public static final TaskOption<Double> SWAPPER_WEIGHT =
            new TaskOption<>(
                    "face_swapper_weight",
                    OptionGroup.SWAPPER,
                    SHARE,
                    FACES.swapper().weight(),
                    "below 0.5 nearer the target, above farther");

    public static final TaskOption<Optional<String>> ENHANCER_MODEL =
            new TaskOption<>(
                    "face_enhancer_model",
                    OptionGroup.ENHANCER,
                    MODEL,
                    FACES.enhancer().model(),
                    "what restores a face");
    public static final TaskOption<Integer> ENHANCER_BLEND =
            new TaskOption<>(
                    "face_enhancer_blend",
                    OptionGroup.ENHANCER,
                    PERCENT,
                    Math.toIntExact(Math.round(100 * TASK.blendRatio())),
                    "share of the enhanced face, in percent");
    public static final TaskOption<Double> BLEND_RATIO =
            new TaskOption<>(
                    "blend_ratio",
                    OptionGroup.ENHANCER,
                    SHARE,
                    TASK.blendRatio(),
                    "the same, as a number from 0 to 1");
    public static final TaskOption<Double> ENHANCER_WEIGHT =
            new TaskOption<>(
                    "face_enhancer_weight",
                    OptionGroup.ENHANCER,
                    SHARE,
                    FACES.enhancer().weight(),
                    "for models that take one");

    public static final TaskOption<Integer> ENHANCE_FACE_SIZE =
            new TaskOption<>(
                    "enhance_face_size",
                    OptionGroup.ENHANCER,
                    new OptionKind.Whole(0, MAX_SIDE),
                    FACES.enhancer().smallest(),
                    "smaller faces, in pixels, are left as they are");

    public static final TaskOption<OutputFormat> OUTPUT_FORMAT =
            new TaskOption<>(
                    "output_format",
                    OptionGroup.OUTPUT,
                    // Not BMP: whoever asks a server for it would get rid of the marks.
                    new OptionKind.Choice<>(
                            Labels.dashed(
                                    new OutputFormat[] {
                                        OutputFormat.PNG,
                                        OutputFormat.JPEG,
                                        OutputFormat.WEBP,
                                        OutputFormat.TIFF
                                    })),
                    TASK.outputFormat(),
                    "format of a picture");
    public static final TaskOption<Integer> OUTPUT_QUALITY =
            new TaskOption<>(
                    "output_quality",
                    List.of("output_image_quality"),
                    OptionGroup.OUTPUT,
                    new OptionKind.Whole(1, 100),
                    TASK.outputQuality(),
                    "of a picture; for JPEG and WebP");

    public static final TaskOption<Integer> TRIM_START =
            new TaskOption<>(
                    "trim_frame_start", OptionGroup.VIDEO, COUNT, 0, "the first frame, from 0");
    public static final TaskOption<Optional<Integer>> TRIM_END =
            new TaskOption<>(
                    "trim_frame_end",
                    OptionGroup.VIDEO,
                    new OptionKind.OrAuto<>(new OptionKind.Whole(1, Integer.MAX_VALUE)),
                    Optional.empty(),
                    "one past the last frame");
    public static final TaskOption<Optional<VideoEncoder>> VIDEO_ENCODER =
            new TaskOption<>(
                    "output_video_encoder",
                    OptionGroup.VIDEO,
                    new OptionKind.OrAuto<>(
                            new OptionKind.Choice<>(
                                    new Labels<>(
                                            List.of(VideoEncoder.values()), VideoEncoder::label))),
                    FILM.encoder(),
                    "what writes the frames");
    public static final TaskOption<VideoPreset> VIDEO_PRESET =
            new TaskOption<>(
                    "output_video_preset",
                    OptionGroup.VIDEO,
                    new OptionKind.Choice<>(
                            new Labels<>(List.of(VideoPreset.values()), VideoPreset::label)),
                    FILM.preset(),
                    "how long it may think");
    public static final TaskOption<Integer> VIDEO_QUALITY =
            new TaskOption<>(
                    "output_video_quality",
                    OptionGroup.VIDEO,
                    PERCENT,
                    FILM.quality(),
                    "of the frames");
    public static final TaskOption<Double> VIDEO_SCALE =
            new TaskOption<>(
                    "output_video_scale",
                    OptionGroup.VIDEO,
                    new OptionKind.Ratio(0.25, 8),
                    FILM.scale(),
                    "of width and height");
    public static final TaskOption<Optional<Double>> VIDEO_FPS =
            new TaskOption<>(
                    "output_video_fps",
                    OptionGroup.VIDEO,
                    new OptionKind.OrAuto<>(new OptionKind.Ratio(1, 60)),
                    Optional.empty(),
                    "frames a second; auto for the target's own times");
    public static final TaskOption<Optional<AudioEncoder>> AUDIO_ENCODER =
            new TaskOption<>(
                    "output_audio_encoder",
                    OptionGroup.VIDEO,
                    new OptionKind.OrAuto<>(
                            new OptionKind.Choice<>(
                                    new Labels<>(
                                            List.of(AudioEncoder.values()), AudioEncoder::label))),
                    FILM.audio().encoder(),
                    "what writes the sound; auto keeps it as it is");
    public static final TaskOption<Integer> AUDIO_QUALITY =
            new TaskOption<>(
                    "output_audio_quality",
                    OptionGroup.VIDEO,
                    PERCENT,
                    FILM.audio().quality(),
                    "of the sound");
    public static final TaskOption<Integer> AUDIO_VOLUME =
            new TaskOption<>(
                    "output_audio_volume",
                    OptionGroup.VIDEO,
                    PERCENT,
                    FILM.audio().volume(),
                    "in percent; 0 for no sound");

    private static final List<TaskOption<?>> ALL =
            List.of(
                    FRAME_PROCESSORS,
                    DETECTOR_MODEL,
                    DETECTOR_SIZE,
                    DETECTOR_MARGIN,
                    DETECTOR_ANGLES,
                    DETECTOR_SCORE,
                    LANDMARKER_MODEL,
                    LANDMARKER_SCORE,
                    SELECTOR_MODE,
                    SELECTOR_ORDER,
                    SELECTOR_GENDER,
                    SELECTOR_RACE,
                    SELECTOR_AGE_START,
                    SELECTOR_AGE_END,
                    REFERENCE_POSITION,
                    REFERENCE_DISTANCE,
                    REFERENCE_FRAME,
                    TRACKER_SCORE,
                    TARGET_FRAME_AMOUNT,
                    MASK_TYPES,
                    MASK_AREAS,
                    MASK_REGIONS,
                    MASK_BLUR,
                    MASK_PADDING,
                    OCCLUDER_MODEL,
                    PARSER_MODEL,
                    SWAPPER_MODEL,
                    SWAPPER_PIXEL_BOOST,
                    SWAPPER_WEIGHT,
                    ENHANCER_MODEL,
                    ENHANCER_BLEND,
                    BLEND_RATIO,
                    ENHANCER_WEIGHT,
                    ENHANCE_FACE_SIZE,
                    OUTPUT_FORMAT,
                    OUTPUT_QUALITY,
                    TRIM_START,
                    TRIM_END,
                    VIDEO_ENCODER,
                    VIDEO_PRESET,
                    VIDEO_QUALITY,
                    VIDEO_SCALE,
                    VIDEO_FPS,
                    AUDIO_ENCODER,
                    AUDIO_QUALITY,
                    AUDIO_VOLUME);

    private TaskOptions() {}

    /// All, group by group.
    public static List<TaskOption<?>> all() {
        return ALL;
    }

    /// The option with that name, or that other name.
    public static Optional<TaskOption<?>> find(String name) {
        return ALL.stream()
                .filter(option -> option.name().equals(name) || option.aliases().contains(name))
                .findFirst();
    }

    /// The names of those, without the other ones.
    public static List<String> names(List<TaskOption<?>> options) {
        return options.stream().<String>map(TaskOption::name).toList();
    }
}
