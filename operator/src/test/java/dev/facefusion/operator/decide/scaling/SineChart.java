package dev.facefusion.operator.decide.scaling;

import static java.util.Locale.ROOT;

import dev.facefusion.operator.decide.scaling.FleetSimulation.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A run as a picture: load and pods above, the expected wait below.
record SineChart(List<Sample> samples) {
    private static final int LEFT = 60;
    private static final int WIDTH = 820;
    private static final int SAMPLES_A_POINT = 3;

    /// A strip of the picture with an axis of its own.
    private record Panel(int top, int height, double most) {
        double y(double value) {
            return top + height - Math.min(value, most) / most * height;
        }
    }

    private static final Panel PODS = new Panel(40, 220, 10);
    private static final Panel WAIT = new Panel(300, 110, 20);

    String svg() {
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 450" font-family="sans-serif" font-size="12" fill="#333">
        <rect width="900" height="450" fill="#fff"/>
        %s%s%s<text x="60" y="26" font-size="13">pods: <tspan fill="#c60">load</tspan>, <tspan fill="#06c">wanted</tspan>, \
        <tspan fill="#390">in service</tspan></text>
        <text x="60" y="292" font-size="13">expected wait in seconds; the target is 5</text>
        <g fill="none" stroke-width="1.5">
        <path stroke="#390" stroke-dasharray="4 3" d="%s"/>
        <path stroke="#06c" d="%s"/>
        <path stroke="#c60" d="%s"/>
        <path stroke="#c00" stroke-dasharray="2 3" d="M%d %.1fh%d"/>
        <path stroke="#639" stroke-width="1" d="%s"/>
        </g>
        </svg>
        """
                .formatted(
                        axis(PODS, 2),
                        axis(WAIT, 5),
                        hours(),
                        steps(Sample::ready),
                        steps(Sample::replicas),
                        curve(PODS, Sample::offered),
                        LEFT,
                        WAIT.y(5),
                        WIDTH,
                        curve(WAIT, Sample::waitSeconds));
    }

    private double x(int sample) {
        return LEFT + (double) WIDTH * sample / samples.size();
    }

    private static String axis(Panel panel, int step) {
        return IntStream.iterate(0, value -> value <= panel.most(), value -> value + step)
                .mapToObj(value ->
                        String.format(
                                ROOT,
                                "<path stroke=\"#ddd\" d=\"M%d %.1fh%d\"/><text x=\"50\" y=\"%.1f\""
                                        + " text-anchor=\"end\">%d</text>\n",
                                LEFT,
                                panel.y(value),
                                WIDTH,
                                panel.y(value) + 4,
                                value))
                .collect(Collectors.joining());
    }

    private String hours() {
        int aQuarter = 90;
        return IntStream.iterate(0, sample -> sample <= samples.size(), sample -> sample + aQuarter)
                .mapToObj(sample ->
                        String.format(
                                ROOT,
                                "<text x=\"%.1f\" y=\"430\" text-anchor=\"middle\">%d</text>\n",
                                x(sample),
                                sample / 6))
                .collect(
                        Collectors.joining(
                                "",
                                "",
                                "<text x=\"470\" y=\"446\" text-anchor=\"middle\">minutes</text>\n"));
    }

    private String steps(ToDoubleFunction<Sample> figure) {
        var path = new StringBuilder();
        double shown = Double.NaN;
        for (int i = 0; i < samples.size(); i++) {
            double value = figure.applyAsDouble(samples.get(i));
            if (value != shown) {
                path.append(
                        i == 0
                                ? String.format(ROOT, "M%.1f %.1f", x(i), PODS.y(value))
                                : String.format(ROOT, "H%.1fV%.1f", x(i), PODS.y(value)));
                shown = value;
            }
        }
        return path.append(String.format(ROOT, "H%d", LEFT + WIDTH)).toString();
    }

    /// The greatest of every few samples.
    private String curve(Panel panel, ToDoubleFunction<Sample> figure) {
        return IntStream.iterate(0, i -> i < samples.size(), i -> i + SAMPLES_A_POINT)
                .mapToObj(i -> {
                    double most =
                            samples
                                    .subList(i, Math.min(i + SAMPLES_A_POINT, samples.size()))
                                    .stream()
                                    .mapToDouble(figure)
                                    .max()
                                    .orElseThrow();
                    return String.format(ROOT, "%.1f %.1f", x(i), panel.y(most));
                })
                .collect(Collectors.joining("L", "M", ""));
    }
}
