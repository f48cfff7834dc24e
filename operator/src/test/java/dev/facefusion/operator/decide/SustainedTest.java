package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Sustained.Level;
import dev.facefusion.operator.decide.Sustained.Pace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SustainedTest {
    private static final Pace PACE =
            new Pace(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(35));

    /// Samples by second and first letter of their level.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "holds after a minute of it        | 0H 30H 60H             | true",
                "not a second before               | 0H 30H 59H             | false",
                "one sample below starts it anew   | 0H 30H 40B 50H 80H     | false",
                "a gap starts it anew              | 0H 30H 70H             | false",
                "late samples say nothing          | 0H 30H 60H 10L 5L 20L  | true",
                "a sample twice counts once        | 0H 0H 0H 0H            | false",
                "ends after it was low for a while | 0H 30H 60H 70L 90L     | false",
                "not before                        | 0H 30H 60H 70L 89L     | true",
                "nor where it is only lower        | 0H 30H 60H 80B 99B     | true",
                "an end must be unbroken as well   | 0H 30H 60H 70L 80B 90L | true",
            })
    void toldByItsSamples(String name, String samples, boolean expected) {
        // then
        assertThat(after(samples).holds()).as(name).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "from the first high sample on      | 0H             | true",
                "until it has lasted                | 0H 30H 60H     | false",
                "or is high no more                 | 0H 30B         | false",
                "an end in sight is not a beginning | 0H 30H 60H 70L | false",
            })
    void impendsMeanwhile(String name, String samples, boolean expected) {
        // then
        assertThat(after(samples).impends()).as(name).isEqualTo(expected);
    }

    private static Sustained after(String samples) {
        var sustained = Sustained.NOT;
        for (var sample : List.of(samples.split(" "))) {
            int end = sample.length() - 1;
            var at = Samples.NOW.plusSeconds(Integer.parseInt(sample.substring(0, end)));
            sustained = sustained.after(level(sample.charAt(end)), at, PACE);
        }
        return sustained;
    }

    private static Level level(char letter) {
        return switch (letter) {
            case 'H' -> Level.HIGH;
            case 'B' -> Level.BETWEEN;
            default -> Level.LOW;
        };
    }
}
