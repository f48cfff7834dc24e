package dev.facefusion.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The scenarios are the page's second half, word for word; `-Dscenarios.write=true` writes it.
class RemediationPageTest {
    private static final Path PAGE = Path.of("../docs/remediation.md");
    private static final String BEGIN = "<!-- The rest is written by -Dscenarios.write=true. -->";

    @Test
    void tellsEveryScenarioAsItsFileDoes() throws IOException {
        String page = Files.readString(PAGE);
        int written = page.indexOf(BEGIN);
        assertThat(written).as("the mark in %s", PAGE).isNotNegative();
        String wanted = page.substring(0, written) + chapter(ScenarioReader.all());
        if (Boolean.getBoolean("scenarios.write")) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    @Test
    void givesEveryScenarioATitleOfItsOwn() {
        assertThat(ScenarioReader.all())
                .hasSizeGreaterThanOrEqualTo(25)
                .extracting(scenario -> scenario.title().toLowerCase(Locale.ROOT))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasAnEndForEveryWindow() {
        assertThat(ScenarioReader.all())
                .allSatisfy(scenario ->
                        assertThat(scenario.expectations())
                                .extracting(Expectation::window)
                                .allSatisfy(window ->
                                        assertThat(window.before())
                                                .isGreaterThan(window.after())
                                                .isLessThanOrEqualTo(scenario.lasts())));
    }

    private static String chapter(List<Scenario> scenarios) {
        return BEGIN
                + "\n\n## Scenarios\n\n"
                + scenarios.stream()
                        .map(RemediationPageTest::section)
                        .collect(Collectors.joining("\n"));
    }

    private static String section(Scenario scenario) {
        return """
        ### %s

        %s

        [%s](../tests/src/test/resources/scenarios/%s.yaml)%s
        """
                .formatted(
                        scenario.title(),
                        wrapped(scenario.text()),
                        scenario.name(),
                        scenario.name(),
                        scenario.clock() == Scenario.Clock.VIRTUAL ? ", in virtual time" : "");
    }

    private static String wrapped(String text) {
        return text.replaceAll("(.{1,110})( +|$)", "$1\n").strip();
    }
}
