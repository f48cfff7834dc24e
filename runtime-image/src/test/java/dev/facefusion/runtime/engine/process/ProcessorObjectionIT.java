package dev.facefusion.runtime.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.engine.enhancer.EnhancerContract;
import dev.facefusion.runtime.engine.enhancer.ModelEnhancer;
import dev.facefusion.runtime.engine.masker.Masker;
import dev.facefusion.runtime.engine.masker.Occluder;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.MaskOptions;
import dev.facefusion.runtime.engine.options.MaskType;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.options.SwapperOptions;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.swapper.ModelSwapper;
import dev.facefusion.runtime.engine.swapper.SwapperContract;
import dev.facefusion.runtime.models.ModelContract;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A swapper and an enhancer beside one occluder and no face parser.
class ProcessorObjectionIT {

    private final ModelStore files =
            ModelStore.open(Path.of("src", "test", "resources", "stand-ins"));
    private final ModelSessions models =
            ModelSessions.open(
                    files,
                    List.of("inswapper_128", "gfpgan_1.4", "xseg_2"),
                    new ExecutionSettings(List.of(ExecutionProvider.CPU), 1));
    private final Masker masker =
            new Masker(
                    new LinkedHashMap<>(Map.of("xseg_2", new Occluder(models.get("xseg_2")))),
                    new LinkedHashMap<>());
    private final FaceProcessor swapper =
            ModelSwapper.of(
                    contract(ModelContract.INSWAPPER), "inswapper_128", files, models, masker);
    private final FaceProcessor enhancer =
            ModelEnhancer.of(
                    EnhancerContract.of(ModelContract.GFPGAN).orElseThrow(),
                    "gfpgan_1.4",
                    models.get("gfpgan_1.4"),
                    masker);

    @AfterEach
    void closeModels() {
        models.close();
    }

    @Test
    void acceptsTheDefaults() {
        assertThat(swapper.objection(FaceOptions.defaults())).isEmpty();
        assertThat(enhancer.objection(FaceOptions.defaults())).isEmpty();
    }

    @Test
    void namesThePixelBoostsThatTheModelAllows() {
        assertThat(swapper.objection(boosted(384))).isEmpty();
        assertThat(swapper.objection(boosted(640)))
                .contains(
                        new Objection(
                                "face_swapper_pixel_boost",
                                "one of [128, 256, 384, 512, 768, 1024] with inswapper"));
    }

    @Test
    void missesMaskModels() {
        assertThat(swapper.objection(masked(MaskType.OCCLUSION, Optional.empty()))).isEmpty();
        assertThat(swapper.objection(masked(MaskType.OCCLUSION, Optional.of("xseg_3"))))
                .map(Objection::option)
                .contains("face_occluder_model");
        assertThat(enhancer.objection(masked(MaskType.OCCLUSION, Optional.of("xseg_3"))))
                .map(Objection::option)
                .contains("face_occluder_model");
        assertThat(swapper.objection(masked(MaskType.REGION, Optional.empty())))
                .map(Objection::option)
                .contains("face_mask_types");
    }

    @Test
    void leavesRegionsToTheSwapper() {
        assertThat(enhancer.objection(masked(MaskType.REGION, Optional.empty()))).isEmpty();
    }

    @Test
    void refusesAModelThatIsNotOfItsContract() {
        assertThatThrownBy(() ->
                        ModelSwapper.of(
                                contract(ModelContract.HYPERSWAP),
                                "inswapper_128",
                                files,
                                models,
                                masker))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("inswapper_128");
        assertThatThrownBy(() ->
                        ModelEnhancer.of(
                                EnhancerContract.of(ModelContract.GPEN_256).orElseThrow(),
                                "gfpgan_1.4",
                                models.get("gfpgan_1.4"),
                                masker))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("512");
    }

    private static SwapperContract contract(ModelContract contract) {
        return SwapperContract.of(contract).orElseThrow();
    }

    private static FaceOptions boosted(int side) {
        var defaults = FaceOptions.defaults();
        return new FaceOptions(
                defaults.detector(),
                defaults.landmarker(),
                defaults.selector(),
                defaults.tracker(),
                defaults.mask(),
                new SwapperOptions(Optional.empty(), side, 0.5),
                defaults.enhancer());
    }

    private static FaceOptions masked(MaskType type, Optional<String> occluder) {
        var defaults = FaceOptions.defaults();
        var mask = defaults.mask();
        return new FaceOptions(
                defaults.detector(),
                defaults.landmarker(),
                defaults.selector(),
                defaults.tracker(),
                new MaskOptions(
                        Set.of(type),
                        mask.areas(),
                        mask.regions(),
                        mask.blur(),
                        mask.padding(),
                        occluder,
                        mask.parser()),
                defaults.swapper(),
                defaults.enhancer());
    }
}
