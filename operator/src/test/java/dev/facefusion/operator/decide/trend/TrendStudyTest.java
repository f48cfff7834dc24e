package dev.facefusion.operator.decide.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.trend.TrendStudy.Calm;
import dev.facefusion.operator.decide.trend.TrendStudy.Leak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Holds the trend to its bar, and `docs/vram-trend.md` to what was measured. `-Dtrend.write=true`
/// writes the page's tables anew; `-Dtrend.scale=10` runs ten times as many pods, prints what comes
/// of them, and leaves the page alone.
class TrendStudyTest {
    private static final Path PAGE = Path.of("..", "docs", "vram-trend.md");
    private static final String BEGIN = "<!-- measured: begin -->\n";
    private static final String END = "<!-- measured: end -->";
    private static final int SCALE = Integer.getInteger("trend.scale", 1);
    private static final int LEAKING_PODS = 50 * SCALE;
    private static final int CALM_PODS = 130 * SCALE;
    private static final List<Integer> TOTALS = List.of(24 * 1024, 80 * 1024);
    private static final List<Integer> RATES = List.of(5, 20, 100);

    private final List<String> rows = new ArrayList<>();

    @Test
    void seesLeaksInTimeAndLeavesOtherPodsAlone() throws IOException {
        // when
        int late = leaks();
        int falseAlarms = calm();

        // then
        int leaks = LEAKING_PODS * TOTALS.size() * RATES.size();
        assertThat(late).isLessThanOrEqualTo(leaks * 5 / 100);
        double podDays = (double) CALM_PODS * TrendStudy.CALM_DAYS * Scenario.values().length;
        assertThat(falseAlarms).isLessThanOrEqualTo((int) (podDays / 1000));
        assertThat(podDays).isGreaterThanOrEqualTo(3000);
        if (SCALE == 1 && TrendStudy.FIRST_SEED == 0) {
            publish(String.join("", rows));
        } else {
            rows.forEach(System.out::print);
        }
    }

    private int leaks() {
        rows.add(
                "| GPU | leak | pods | alarm in time | median alarm before | median forecast before |\n");
        rows.add("|---|---|---|---|---|---|\n");
        int late = 0;
        for (int total : TOTALS) {
            for (int rate : RATES) {
                var leaks = TrendStudy.leaks(LEAKING_PODS, total, rate);
                long inTime = leaks.stream().filter(leak -> leak.alarmedHours() > 0).count();
                assertThat(inTime)
                        .as("%d MiB/h on %d MiB", rate, total)
                        .isGreaterThanOrEqualTo((LEAKING_PODS * 95L + 99) / 100);
                late += LEAKING_PODS - (int) inTime;
                rows.add(row(total, rate, leaks, inTime));
            }
        }
        return late;
    }

    private static String row(int total, int rate, List<Leak> leaks, long inTime) {
        return String.format(
                Locale.ROOT,
                "| %d GiB | %d MiB/h | %d | %d (%.0f %%) | %.1f h | %.1f h |%n",
                total / 1024,
                rate,
                leaks.size(),
                inTime,
                100.0 * inTime / leaks.size(),
                Median.of(leaks.stream().mapToDouble(Leak::alarmedHours).toArray()),
                Median.of(leaks.stream().mapToDouble(Leak::forecastHours).toArray()));
    }

    private int calm() {
        rows.add(
                "\n| memory that does not leak | pod-days | false alarms | growth seen, no alarm |\n");
        rows.add("|---|---|---|---|\n");
        int alarms = 0;
        int podDays = 0;
        for (var scenario : Scenario.values()) {
            var pods = TrendStudy.calm(CALM_PODS, scenario);
            int wrong = pods.stream().mapToInt(Calm::alarms).sum();
            int forecasts = pods.stream().mapToInt(Calm::forecasts).sum();
            int days = pods.size() * TrendStudy.CALM_DAYS;
            rows.add(row(scenario.title(), days, wrong, forecasts));
            alarms += wrong;
            podDays += days;
        }
        rows.add(
                "\nIn all %d false alarms in %d pod-days without a leak.\n"
                        .formatted(alarms, podDays));
        return alarms;
    }

    private static String row(String title, int days, int alarms, int forecasts) {
        return "| %s | %d | %d | %d |\n".formatted(title, days, alarms, forecasts);
    }

    private static void publish(String tables) throws IOException {
        var page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("trend.write")) {
            Files.writeString(PAGE, page.substring(0, from) + tables + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("the page is out of date: run this test with -Dtrend.write=true")
                    .isEqualTo(tables);
        }
    }
}
