package dev.facefusion.runtime.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.analyse.Embedding;
import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.enhancer.EnhancerContract;
import dev.facefusion.runtime.engine.enhancer.ModelEnhancer;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.masker.FaceParser;
import dev.facefusion.runtime.engine.masker.Masker;
import dev.facefusion.runtime.engine.masker.Occluder;
import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.EnhancerOptions;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.engine.options.MaskArea;
import dev.facefusion.runtime.engine.options.MaskOptions;
import dev.facefusion.runtime.engine.options.MaskRegion;
import dev.facefusion.runtime.engine.options.MaskType;
import dev.facefusion.runtime.engine.options.SelectorOptions;
import dev.facefusion.runtime.engine.options.SwapperOptions;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.engine.swapper.ModelSwapper;
import dev.facefusion.runtime.engine.swapper.SwapperContract;
import dev.facefusion.runtime.models.ModelContract;
import dev.facefusion.runtime.models.ModelRole;
import dev.facefusion.runtime.models.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every swapper, enhancer and masker beside an implementation in 64-bit arithmetic that was
/// written apart: `tests/reference/facefusion/processing.py`, on the same stand-ins.
class ProcessorReferenceIT {

    private static final JsonNode EXPECTED = Reference.json("facefusion/processing.json");
    private static final Path STAND_INS = Path.of("src", "test", "resources", "stand-ins");

    /// Every so many-th pixel and row of a result is compared.
    private static final int STEP = 4;

    private static final int FIRST = 2;

    private static final ModelStore FILES = ModelStore.open(STAND_INS);
    private static ModelSessions models;
    private static Masker masker;

    @BeforeAll
    static void loadModels() {
        var names =
                Stream.of(
                                ModelRole.SWAPPER,
                                ModelRole.CONVERTER,
                                ModelRole.ENHANCER,
                                ModelRole.OCCLUDER,
                                ModelRole.PARSER)
                        .flatMap(role -> FILES.models(role).stream())
                        .map(model -> model.name())
                        .toList();
        models =
                ModelSessions.open(
                        FILES, names, new ExecutionSettings(List.of(ExecutionProvider.CPU), 1));
        masker =
                new Masker(
                        loaded(ModelRole.OCCLUDER, Occluder::new),
                        loaded(ModelRole.PARSER, FaceParser::new));
    }

    private static <T> SequencedMap<String, T> loaded(
            ModelRole role, Function<ModelSession, T> adapter) {
        var loaded = new LinkedHashMap<String, T>();
        for (var file : FILES.models(role)) {
            loaded.put(file.name(), adapter.apply(models.get(file.name())));
        }
        return loaded;
    }

    @AfterAll
    static void closeModels() {
        models.close();
    }

    static Stream<Named<JsonNode>> cases() {
        return StreamSupport.stream(EXPECTED.get("cases").spliterator(), false)
                .map(one -> Named.of(one.get("name").textValue(), one));
    }

    /// The bar that FaceFusion's own results are held to: 60 dB, no value off by more than 8, at
    /// most 0.6 % off by more than 1.
    @ParameterizedTest
    @MethodSource("cases")
    void doesWhatTheReferenceDoes(JsonNode expected) {
        // given
        var picture = picture("target");
        var face = face(expected.get("face").textValue(), "target");
        var options = expected.get("options");

        // when
        var box =
                processor(expected)
                        .process(
                                new FaceTask(
                                        picture,
                                        face,
                                        source(),
                                        options(options),
                                        options.path("enhancer_blend").asInt(80) / 100.0),
                                new StageClock((_, _) -> {}, new Cancellation()));

        // then
        var differences = differences(picture, expected.get("pixels").textValue());
        var squares = Arrays.stream(differences).mapToLong(d -> (long) d * d).sum();
        assertThat(10 * Math.log10(255.0 * 255 * differences.length / Math.max(squares, 1)))
                .as("PSNR")
                .isGreaterThanOrEqualTo(60);
        assertThat(Arrays.stream(differences).max().orElseThrow()).isLessThanOrEqualTo(8);
        assertThat(Arrays.stream(differences).filter(d -> d > 1).count())
                .isLessThanOrEqualTo((long) (0.006 * differences.length));
        assertThat(box.isEmpty()).isFalse();
        assertUnchangedOutside(picture, box);
    }

    private static FaceProcessor processor(JsonNode expected) {
        var options = expected.get("options");
        if (expected.get("processor").textValue().equals("swap")) {
            var name = options.path("swapper").asText("inswapper_128");
            var contract = FILES.find(name).orElseThrow().contract();
            return ModelSwapper.of(
                    SwapperContract.of(contract).orElseThrow(), name, FILES, models, masker);
        }
        var name = options.path("enhancer").asText("gfpgan_1.4");
        var contract = FILES.find(name).orElseThrow().contract();
        return ModelEnhancer.of(
                EnhancerContract.of(contract).orElseThrow(), name, models.get(name), masker);
    }

    private static FaceOptions options(JsonNode options) {
        var defaults = MaskOptions.defaults();
        return new FaceOptions(
                DetectorOptions.defaults(),
                LandmarkerOptions.defaults(),
                SelectorOptions.defaults(),
                Optional.empty(),
                new MaskOptions(
                        labels(options, "mask_types", MaskType.class, defaults.types()),
                        labels(options, "mask_areas", MaskArea.class, defaults.areas()),
                        labels(options, "mask_regions", MaskRegion.class, defaults.regions()),
                        options.path("mask_blur").asDouble(0.3),
                        margins(options.path("mask_padding")),
                        Optional.of(options.path("occluder").asText("xseg_1")),
                        Optional.of(options.path("parser").asText("bisenet_resnet_34"))),
                new SwapperOptions(
                        Optional.empty(),
                        options.path("pixel_boost").asInt(0),
                        options.path("swapper_weight").asDouble(0.5)),
                new EnhancerOptions(
                        Optional.empty(), options.path("enhancer_weight").asDouble(0.5)));
    }

    private static <E extends Enum<E>> Set<E> labels(
            JsonNode options, String name, Class<E> type, Set<E> otherwise) {
        if (!options.has(name)) {
            return otherwise;
        }
        return StreamSupport.stream(options.get(name).spliterator(), false)
                .map(node -> node.textValue().replace('-', '_').toUpperCase(Locale.ROOT))
                .map(label -> Enum.valueOf(type, label))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
    }

    private static Margins margins(JsonNode padding) {
        return padding.isMissingNode()
                ? Margins.NONE
                : new Margins(
                        padding.get(0).intValue(),
                        padding.get(1).intValue(),
                        padding.get(2).intValue(),
                        padding.get(3).intValue());
    }

    private static Source source() {
        return Source.of(
                List.of(
                        new Portrait(picture("source"), face("source", "source")),
                        new Portrait(picture("source"), face("second", "second"))));
    }

    private static Picture picture(String name) {
        return Reference.picture(Reference.bytes("facefusion/%s.png".formatted(name)));
    }

    private static Face face(String name, String identity) {
        var points = EXPECTED.get("faces").get(name);
        var five = Reference.points(points.get("five"));
        var raw = Reference.numbers(EXPECTED.get("embeddings").get(identity));
        var embedding = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            embedding[i] = (float) raw[i];
        }
        return new Face(
                new Detection(1, Box.around(five), five),
                1,
                five,
                Reference.points(points.get("points")),
                Optional.empty(),
                QuarterTurn.NONE,
                Optional.of(Embedding.of(embedding)),
                Optional.empty());
    }

    private static int[] differences(Picture actual, String expected) {
        var wanted = Base64.getDecoder().decode(expected);
        var differences = new ArrayList<Integer>();
        for (int y = FIRST; y < actual.height(); y += STEP) {
            for (int x = FIRST; x < actual.width(); x += STEP) {
                for (int channel = 0; channel < 3; channel++) {
                    int value = actual.rgb()[3 * (y * actual.width() + x) + channel] & 0xFF;
                    differences.add(Math.abs(value - (wanted[differences.size()] & 0xFF)));
                }
            }
        }
        assertThat(differences).hasSameSizeAs(wanted);
        return differences.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void assertUnchangedOutside(Picture picture, PixelBox box) {
        var before = picture("target").rgb();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                boolean inside =
                        x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom();
                int at = 3 * (y * picture.width() + x);
                assertThat(inside || Arrays.equals(before, at, at + 3, picture.rgb(), at, at + 3))
                        .isTrue();
            }
        }
    }

    @Test
    void everyContractOfASwapperOrEnhancerHasACase() {
        var shown =
                cases().map(one -> one.getPayload().get("options"))
                        .flatMap(options ->
                                Stream.of(
                                        options.path("swapper").asText("inswapper_128"),
                                        options.path("enhancer").asText("gfpgan_1.4")))
                        .map(name -> FILES.find(name).orElseThrow().contract())
                        .collect(Collectors.toSet());
        var known =
                Arrays.stream(ModelContract.values())
                        .filter(contract ->
                                SwapperContract.of(contract).isPresent()
                                        || EnhancerContract.of(contract).isPresent())
                        .collect(Collectors.toSet());
        assertThat(shown).isEqualTo(known);
    }
}
