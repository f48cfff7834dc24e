package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a real bash offers once it has read the script.
@Timeout(30)
class CompletionIT {

    @TempDir private Path directory;

    @Test
    void offersCommandsFlagsAndTheValuesOfEach() throws Exception {
        assertThat(offered("ru")).containsExactly("run");
        assertThat(offered("models", "")).containsExactly("list", "verify");
        assertThat(offered("run", "--output-video-pr")).containsExactly("--output-video-preset");
        assertThat(offered("run", "--output-video-preset", "very"))
                .containsExactly("veryfast", "veryslow");
        assertThat(offered("run", "--face-selector-mode", ""))
                .containsOnly("reference", "one", "many");
        assertThat(offered("batch", "--processors", "face_e")).containsExactly("face_enhancer");
    }

    // Readline would call the function with these variables; only it has compopt.
    private List<String> offered(String... words) throws Exception {
        var script = new StringWriter();
        RuntimeMain.commandLine().setOut(new PrintWriter(script)).execute("completion", "bash");
        var file = Files.writeString(directory.resolve("completion.bash"), script.toString());
        var bash =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                """
                                source "$1"
                                compopt() { :; }
                                shift
                                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                                _complete_facefusion
                                printf '%s\\n' "${COMPREPLY[@]}"
                                """,
                                "bash",
                                file.toString(),
                                "facefusion")
                        .redirectErrorStream(true);
        bash.command().addAll(List.of(words));
        var process = bash.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
