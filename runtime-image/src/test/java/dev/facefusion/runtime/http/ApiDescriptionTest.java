package dev.facefusion.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.ApiDescription;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.option.OptionKind;
import dev.facefusion.runtime.option.TaskOption;
import dev.facefusion.runtime.option.TaskOptions;
import dev.facefusion.runtime.provenance.Mark;
import dev.facefusion.runtime.provenance.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `openapi.yaml` and `docs/api.md` against the code: what one has, the others have.
class ApiDescriptionTest {

    private static final Path DOCS = Path.of("../docs/api.md");
    private static final JsonNode API = ApiDescription.read();
    private static final JsonNode OPTIONS = API.at("/components/schemas/SwapOptions/properties");

    static Stream<Problem> problems() {
        return EveryProblem.kinds();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void hasAnExampleOfEveryProblem(Problem problem) {
        // when
        var example =
                problemExamples(problem.status()).path(EveryProblem.kind(problem)).path("value");

        // then
        assertThat(example.path("type").asText()).isEqualTo(problem.type());
        assertThat(example.path("title").asText()).isEqualTo(problem.title());
        assertThat(example.path("status").asInt()).isEqualTo(problem.status());
        assertThat(API.at("/components/schemas/Problem/properties/type/enum"))
                .extracting(JsonNode::asText)
                .contains(problem.type());
        assertThat(headers(problem.status())).containsAll(problem.headers().keySet());
    }

    @Test
    void hasNoProblemThatTheServerDoesNotHave() {
        assertThat(documentedProblems()).isSubsetOf(serverProblems());
        assertThat(API.at("/components/schemas/Problem/properties/type/enum"))
                .extracting(JsonNode::asText)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(
                        EveryProblem.kinds().map(EveryProblem::kind).collect(Collectors.toSet()));
    }

    @Test
    void theDocumentationListsTheProblemsOfTheServer() throws IOException {
        // given
        var row = Pattern.compile("(?m)^\\| (\\d{3}) \\| `([a-z-]+)` \\|");

        // when
        var listed =
                row.matcher(Files.readString(DOCS))
                        .results()
                        .map(match -> match.group(1) + " " + match.group(2))
                        .toList();

        // then
        assertThat(listed).containsExactlyInAnyOrderElementsOf(serverProblems());
    }

    @Test
    void describesEveryOptionUnderEachOfItsNames() {
        var names =
                TaskOptions.all().stream()
                        .flatMap(option ->
                                Stream.concat(Stream.of(option.name()), option.aliases().stream()))
                        .collect(Collectors.toSet());

        assertThat(fieldNames(OPTIONS)).isEqualTo(names);
    }

    static Stream<TaskOption<?>> options() {
        return TaskOptions.all().stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void describesWhatAnOptionMayBe(TaskOption<?> option) {
        // given
        var described = OPTIONS.path(option.name());
        var single = option.kind().several() ? described.path("items") : described;

        // then
        assertThat(described.path("type").asText().equals("array"))
                .isEqualTo(option.kind().several());
        assertThat(words(described.path("default"))).isEqualTo(defaultWords(option));
        assertThat(Set.of("number", "integer").contains(single.path("type").asText()))
                .isEqualTo(option.kind().numeric());
        switch (option.kind()) {
            case OptionKind.Ratio(var least, var most) ->
                    assertThat(List.of(single.get("minimum"), single.get("maximum")))
                            .extracting(JsonNode::asDouble)
                            .containsExactly(least, most);
            case OptionKind.Whole(var least, var most) ->
                    assertThat(List.of(single.get("minimum"), single.get("maximum")))
                            .extracting(JsonNode::asInt)
                            .containsExactly(least, most);
            case OptionKind.Choice<?>(var labels) -> assertLabels(single, labels);
            case OptionKind.Sequence<?>(var labels) -> assertLabels(single, labels);
            case OptionKind.Subset<?>(var labels) -> assertLabels(single, labels);
            case OptionKind.OptionalChoice<?>(var labels) ->
                    assertThat(words(single.path("enum"))).hasSize(labels.values().size() + 1);
            case OptionKind.OrAuto<?> _,
                    OptionKind.ModelName _,
                    OptionKind.Sides _,
                    OptionKind.Square _,
                    OptionKind.Angles _ ->
                    assertThat(single.has("pattern") || single.has("maximum") || single.has("enum"))
                            .isTrue();
        }
    }

    private static <E extends Enum<E>> void assertLabels(
            JsonNode described, OptionKind.Labels<E> labels) {
        assertThat(words(described.path("enum")))
                .isEqualTo(labels.values().stream().map(labels::label).toList());
    }

    private static <T> List<String> defaultWords(TaskOption<T> option) {
        return option.kind().words(option.otherwise());
    }

    private static List<String> words(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList()
                : List.of(node.asText());
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("Problem", Problem.class),
                Arguments.of("Job", JobJson.class),
                Arguments.of("JobProgress", JobJson.Progress.class),
                Arguments.of("JobResult", JobJson.Result.class),
                Arguments.of("VerifyReport", VerifyReport.class),
                Arguments.of("XmpMark", Mark.Xmp.class),
                Arguments.of("AigcMark", Mark.Aigc.class),
                Arguments.of("Models", nested(ModelsHandler.class, "Models")),
                Arguments.of("Model", nested(ModelsHandler.class, "Model")),
                Arguments.of("Status", nested(StatusHandler.class, "Body")),
                Arguments.of("InferenceServer", OpenInferenceHandlers.Server.class),
                Arguments.of("Live", OpenInferenceHandlers.Live.class),
                Arguments.of("Ready", OpenInferenceHandlers.Ready.class),
                Arguments.of("ModelNames", OpenInferenceHandlers.Models.class),
                Arguments.of("ModelReady", OpenInferenceHandlers.ModelReady.class));
    }

    @ParameterizedTest
    @MethodSource("records")
    void describesEveryFieldThatIsSent(String schema, Class<?> type) {
        // given
        var described = API.at("/components/schemas/" + schema);
        var discriminator = type.getInterfaces().length > 0 ? Set.of("kind") : Set.<String>of();

        // when
        var sent = new HashSet<>(discriminator);
        var always = new HashSet<>(discriminator);
        for (var property : properties(type)) {
            sent.add(property.getName());
            if (!isNullable(type, property)) {
                always.add(property.getName());
            }
        }

        // then
        assertThat(fieldNames(described.path("properties"))).isEqualTo(sent);
        assertThat(described.path("required"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(always);
    }

    @Test
    void listsWhatAVideoMayLose() {
        assertThat(
                        ApiDescription.read()
                                .at(
                                        "/components/schemas/JobResult/properties/alterations/items/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Stream.of(Alteration.values()).map(Alteration::label).toList());
    }

    @Test
    void hasTheVersionOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + API.at("/info/version").asText() + "</version>");
    }

    private static JsonNode problemExamples(int status) {
        return API.at("/components/responses/Problem" + status)
                .at("/content/application~1problem+json/examples");
    }

    private static Set<String> headers(int status) {
        return fieldNames(API.at("/components/responses/Problem" + status + "/headers"));
    }

    private static Set<String> documentedProblems() {
        return fieldNames(API.at("/components/responses")).stream()
                .map(name -> Integer.parseInt(name.substring("Problem".length())))
                .flatMap(status ->
                        fieldNames(problemExamples(status)).stream()
                                .map(kind -> status + " " + kind))
                .collect(Collectors.toSet());
    }

    private static Set<String> serverProblems() {
        return EveryProblem.kinds().map(EveryProblem::key).collect(Collectors.toSet());
    }

    private static Iterable<BeanPropertyDefinition> properties(Class<?> type) {
        var mapper = JsonMapper.builder().build();
        JavaType javaType = mapper.constructType(type);
        return mapper.getSerializationConfig().introspect(javaType).findProperties();
    }

    private static boolean isNullable(Class<?> type, BeanPropertyDefinition property) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(property.getInternalName()))
                .anyMatch(component ->
                        component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    private static Set<String> fieldNames(JsonNode object) {
        Iterable<String> names = object::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).collect(Collectors.toSet());
    }

    private static Class<?> nested(Class<?> owner, String name) {
        return Arrays.stream(owner.getDeclaredClasses())
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
