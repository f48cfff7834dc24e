package dev.facefusion.operator.observe;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Messages of Kubernetes without what differs from try to try and from pod to pod: a condition
/// that quotes one changes only when the cause does.
final class StableText {
    private static final int MAX_LENGTH = 300;
    private static final Pattern BACK_OFF =
            Pattern.compile("^Back-off pulling image (\"[^\"]*\")(?:: (?:ErrImagePull: )?)?");
    private static final Pattern RPC = Pattern.compile("rpc error: code = \\w+ desc = ");
    private static final Pattern POD = Pattern.compile("(?:pod=)?\\S+_\\S+\\([0-9a-f-]{36}\\)");
    private static final Pattern TIME =
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(?:Z|[+-]\\d{2}:\\d{2})?");
    private static final Pattern ADDRESS =
            Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?|\\[[0-9a-f:]+](?::\\d+)?");
    private static final Pattern ID =
            Pattern.compile(
                    "\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
                            + "|(?<!sha256:)\\b(?=[0-9a-f]*\\d)[0-9a-f]{12,64}\\b");
    private static final Pattern PREEMPTION = Pattern.compile("\\.?\\s*preemption:.*");
    private static final Pattern NODES = Pattern.compile("^\\d+/\\d+ nodes are available: ?");
    private static final Pattern COUNT = Pattern.compile("^\\d+ (?:node\\(s\\) )?");
    private static final Pattern NEXT_COUNT = Pattern.compile(", (?=\\d+ )");

    private StableText() {}

    /// @param own the pod's name, which its successor does not share
    static String of(String message, String own) {
        var text = message.strip().lines().findFirst().orElse("");
        text = POD.matcher(text).replaceAll("the pod").replace(own, "the pod");
        text = RPC.matcher(pulled(text)).replaceAll("");
        text = TIME.matcher(text).replaceAll("…");
        text = ID.matcher(text).replaceAll("…");
        text = ADDRESS.matcher(text).replaceAll("…");
        return shortened(text.strip());
    }

    /// The kubelet tells the cause in one moment and that it will try again in the next.
    private static String pulled(String text) {
        var backOff = BACK_OFF.matcher(text);
        if (!backOff.find()) {
            return text;
        }
        var cause = text.substring(backOff.end());
        return cause.isEmpty() ? "image " + backOff.group(1) : cause;
    }

    /// The scheduler's reasons in the order of the alphabet, without the numbers of nodes.
    static String ofScheduler(String message) {
        var reasons =
                NODES.matcher(PREEMPTION.matcher(message.strip()).replaceFirst(""))
                        .replaceFirst("");
        return shortened(
                Stream.of(NEXT_COUNT.split(reasons))
                        .map(reason -> COUNT.matcher(reason).replaceFirst(""))
                        .map(reason -> reason.replaceFirst("\\.$", ""))
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }
}
