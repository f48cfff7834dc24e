package dev.facefusion.runtime.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.provenance.MarkReader;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `facefusion verify`: the marks of one picture, as JSON.
@Command(
        name = "verify",
        description = "Reads the marks that say how a picture or video was made.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  facefusion verify out.png")
final class VerifyCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(
            paramLabel = "FILE",
            description = "Picture (JPEG, PNG, WebP, TIFF) or video, by whatever tool")
    private Path file = Path.of("");

    @Override
    public Integer call() throws JsonProcessingException {
        LoggingConfig.useStandardError();
        switch (reading()) {
            case Reading.Read(var report) -> print(report);
            case Reading.Empty _ -> throw bad("the file has 0 bytes");
            case Reading.Truncated _ -> throw bad("the file ends or breaks before its marks");
            case Reading.Foreign _ -> throw bad("the file is of no format that carries marks");
        }
        return ExitCode.OK.code();
    }

    // Not all of it at once: a video may be larger than the memory.
    private Reading reading() {
        try (var content = Files.newInputStream(file)) {
            return MarkReader.read(content);
        } catch (IOException e) {
            throw NamedFile.failed(file, "read", e);
        }
    }

    private static void print(Object report) throws JsonProcessingException {
        System.out.println(JSON.writeValueAsString(report));
    }

    private CommandException bad(String why) {
        return new CommandException(ExitCode.BAD_INPUT, "%s: %s.".formatted(file, why));
    }
}
