package dev.facefusion.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.gpu.ThrottleReason;
import dev.facefusion.runtime.gpu.XidClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page that explains the report has every word that the report can say.
class HealthPageTest {

    private static final Path PAGE = Path.of("../docs/health.md");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void explainsEveryField() throws IOException {
        // when
        var fields = fields(JSON.constructType(HealthReport.class)).toList();

        // then
        assertThat(fields).contains("status", "uuid", "gpu_instance", "cpu_fallback", "sha256");
        assertThat(fields).allSatisfy(field -> assertThat(page()).contains("`" + field + "`"));
    }

    @Test
    void explainsEveryWord() throws IOException {
        // when
        var words =
                Stream.of(
                                wireNames(DegradedReason.values()),
                                wireNames(HealthReport.Status.values()),
                                wireNames(DeepReport.Result.values()),
                                wireNames(DeepReport.Skipped.values()),
                                Arrays.stream(ThrottleReason.values()).map(ThrottleReason::id),
                                Arrays.stream(XidClass.values()).map(XidClass::id))
                        .flatMap(each -> each)
                        .toList();

        // then
        assertThat(words).contains("gpu_lost", "stalled", "sw_power_cap", "hardware");
        assertThat(words).allSatisfy(word -> assertThat(page()).contains("`" + word + "`"));
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /// The wire names of a record and of the records in it.
    private static Stream<String> fields(JavaType type) {
        return JSON.getSerializationConfig().introspect(type).findProperties().stream()
                .flatMap(property ->
                        Stream.concat(
                                Stream.of(property.getName()), below(property.getPrimaryType())));
    }

    private static Stream<String> below(JavaType type) {
        var element = type.isContainerType() ? type.getContentType() : type;
        return element.getRawClass().isRecord() ? fields(element) : Stream.empty();
    }

    private static Stream<String> wireNames(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> {
                    try {
                        return value.getDeclaringClass()
                                .getField(value.name())
                                .getAnnotation(JsonProperty.class)
                                .value();
                    } catch (NoSuchFieldException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
