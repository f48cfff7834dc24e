package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With the stand-ins, of which an engine loads the preferred ones first.
class OnDemandEngineIT {

    private static final EnginePlan PLAN =
            EnginePlan.of(StandIns.store(), ExecutionSettings.cpu(1));

    private static final Path PHOTO = Reference.MODELS.resolve("photos/astronaut.png");

    private static final OnDemandEngine engine = OnDemandEngine.open(PLAN);

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"face_swapper_model, inswapper_128", "face_detector_model, scrfd"})
    void doesWhatAnEngineWithThatModelDoes(String option, String model) {
        // given
        var options = options(option, model);
        var plan =
                new EnginePlan(
                        PLAN.models(),
                        PLAN.execution(),
                        PLAN.surroundings(),
                        ModelDemand.preferring(Set.of(model)));
        byte[] expected;
        try (var one = plan.open()) {
            expected = image(one, options);
        }

        // then: and the usual models still do what they did
        assertThat(image(engine, options)).isEqualTo(expected);
        assertThat(image(engine, options)).isEqualTo(expected);
        assertThat(image(engine, SwapOptions.defaults())).isNotEqualTo(expected);
    }

    @Test
    void saysWhatThereIsWhereAModelIsNot() {
        // when
        var outcome = swap(engine, options("face_swapper_model", "inswapper_1024"));

        // then: also those that are not loaded
        assertThat(outcome)
                .asInstanceOf(type(BadOption.class))
                .returns("face_swapper_model", BadOption::option)
                .satisfies(refused ->
                        assertThat(refused.expected())
                                .contains("hyperswap_1a_256", "inswapper_128", "simswap_256"));
    }

    @Test
    void takesNoModelForWhatItCannotDo() {
        // when
        var outcome = swap(engine, options("face_enhancer_model", "inswapper_128"));

        // then
        assertThat(outcome)
                .asInstanceOf(type(BadOption.class))
                .returns("face_enhancer_model", BadOption::option);
    }

    private static SwapOptions options(String option, String words) {
        return OptionValues.none()
                .with(TaskOptions.find(option).orElseThrow(), option, List.of(words))
                .toSwapOptions();
    }

    private static byte[] image(Engine engine, SwapOptions options) {
        return ((Swapped) swap(engine, options)).image();
    }

    private static SwapOutcome swap(Engine engine, SwapOptions options) {
        var request = new SwapRequest(PHOTO, PHOTO, options);
        return engine.swap(request, (_, _) -> {}, new Cancellation());
    }
}
