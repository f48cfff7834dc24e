package dev.facefusion.runtime.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.Zeros;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadStoreTest {

    private static final FormRules RULES =
            new FormRules(List.of("source", "target"), List.of("options", "consent"));

    @TempDir private Path workDir;

    private UploadStore store;

    @BeforeEach
    void open() {
        store = UploadStore.open(new UploadSettings(workDir, 1_000_000));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void storesFilesAndKeepsTexts() throws IOException {
        // given
        var body = Form.of("abc", "").options("{}").bytes();

        // when
        try (var upload = store.reserve(body.length).orElseThrow()) {
            var form = upload.receive(new ByteArrayInputStream(body), Form.BOUNDARY, RULES);

            // then
            assertThat(form.file("source"))
                    .hasValueSatisfying(file -> {
                        assertThat(file.path()).hasContent("abc");
                        assertThat(file.bytes()).isEqualTo(3);
                        // printf abc | sha256sum
                        assertThat(file.sha256())
                                .isEqualTo(
                                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
                    });
            assertThat(form.file("target"))
                    .hasValueSatisfying(file -> assertThat(file.path()).isEmptyFile());
            assertThat(form.texts().get("options")).asString().isEqualTo("{}");
            assertThat(store.reservedBytes()).isEqualTo(3);
        }
        assertThat(files()).isEmpty();
        assertThat(store.reservedBytes()).isZero();
    }

    @Test
    void takesNoMoreMemoryForALargeBodyThanForASmallOne() throws IOException {
        // given
        var large = UploadStore.open(new UploadSettings(workDir, 200L * 1024 * 1024));
        allocatedBy(large, 1024 * 1024);

        // when
        var little = allocatedBy(large, 1024 * 1024);
        var much = allocatedBy(large, 100 * 1024 * 1024);

        // then
        assertThat(much - little).isLessThan(512 * 1024);
        large.close();
    }

    private static long allocatedBy(UploadStore store, int bytes) throws IOException {
        var head =
                "--%s\r\nContent-Disposition: form-data; name=source\r\n\r\n"
                        .formatted(Form.BOUNDARY);
        var tail = "\r\n--%s--".formatted(Form.BOUNDARY);
        var body =
                new SequenceInputStream(
                        Collections.enumeration(
                                List.of(
                                        new ByteArrayInputStream(head.getBytes(UTF_8)),
                                        new Zeros(bytes),
                                        new ByteArrayInputStream(tail.getBytes(UTF_8)))));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        try (var upload = store.reserve(bytes).orElseThrow()) {
            var form = upload.receive(body, Form.BOUNDARY, RULES);
            assertThat(form.file("source")).map(StoredFile::bytes).contains((long) bytes);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void reservesNoMoreThanThereIs() {
        // given
        var first = store.reserve(600_000).orElseThrow();

        // when
        var second = store.reserve(400_001);

        // then
        assertThat(second).isEmpty();
        assertThat(store.reserve(400_000)).isPresent();
        first.close();
        assertThat(store.reserve(600_000)).isPresent();
    }

    @Test
    void givesTheRoomBackOnceOnly() {
        // given
        var upload = store.reserve(1_000_000).orElseThrow();

        // when
        upload.close();
        upload.close();

        // then
        assertThat(store.reservedBytes()).isZero();
    }

    @Test
    void refusesMoreThanWasReserved() throws IOException {
        // given
        var body = Form.of("a".repeat(100), "b").bytes();

        // when
        try (var upload = store.reserve(99).orElseThrow()) {
            // then
            assertThatExceptionOfType(FormException.class)
                    .isThrownBy(() -> receive(upload, body))
                    .matches(e -> e.fault() instanceof FormFault.TooLarge);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesPartsThatNobodyAskedForOrThatComeTwice() {
        assertThat(fault(Form.of("a", "b").part("sauce", new byte[0])))
                .isEqualTo(new FormFault.UnknownPart());
        assertThat(fault(Form.of("a", "b").part("source", new byte[0])))
                .isEqualTo(new FormFault.RepeatedPart("source"));
        assertThat(fault(Form.of("a", "b").options("{}").options("{}")))
                .isEqualTo(new FormFault.RepeatedPart("options"));
    }

    @Test
    void takesSeveralPartsWhereTheRulesDo() throws IOException {
        // given
        var rules = new FormRules(List.of("source"), List.of(), Set.of("source"));
        var form = new Form();
        for (var i = 0; i < FormRules.MAX_REPEATED; i++) {
            form.part("source", new byte[] {(byte) i});
        }

        // when
        try (var upload = store.reserve(10_000).orElseThrow()) {
            var received =
                    upload.receive(new ByteArrayInputStream(form.bytes()), Form.BOUNDARY, rules);

            // then
            assertThat(received.files("source"))
                    .hasSize(FormRules.MAX_REPEATED)
                    .allSatisfy(file -> assertThat(file.path()).hasSize(1));
            assertThat(received.files("source").getLast().path()).hasBinaryContent(new byte[] {7});
        }
        try (var upload = store.reserve(10_000).orElseThrow()) {
            var one = form.part("source", new byte[1]).bytes();
            assertThatExceptionOfType(FormException.class)
                    .isThrownBy(() ->
                            upload.receive(new ByteArrayInputStream(one), Form.BOUNDARY, rules))
                    .matches(e -> e.fault().equals(new FormFault.RepeatedPart("source")));
        }
    }

    @Test
    void refusesAnEndlessText() {
        assertThat(fault(Form.of("a", "b").options(" ".repeat(64 * 1024 + 1))))
                .isEqualTo(new FormFault.FieldTooLarge("options", 64 * 1024));
    }

    @Test
    void leavesNothingOfAFormThatEndsEarly() throws IOException {
        // given
        var body =
                "--%s\r\nContent-Disposition: form-data; name=source\r\n\r\nab"
                        .formatted(Form.BOUNDARY)
                        .getBytes(UTF_8);

        // when
        try (var upload = store.reserve(body.length).orElseThrow()) {
            assertThatExceptionOfType(FormException.class).isThrownBy(() -> receive(upload, body));
        }

        // then
        assertThat(files()).isEmpty();
        assertThat(store.reservedBytes()).isZero();
    }

    @Test
    void passesOnWhatTheClientsStreamThrows() {
        // given
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        throw new IOException("gone");
                    }
                };

        // when
        try (var upload = store.reserve(100).orElseThrow()) {
            // then
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> upload.receive(broken, Form.BOUNDARY, RULES))
                    .withMessage("gone");
        }
    }

    @Test
    void removesTheLeftoversOfAProcessThatIsGone() throws IOException {
        // given
        var all = workDir.resolve("uploads");
        Files.createFile(all.resolve("dead.lock"));
        Files.createDirectories(all.resolve("dead/7"));
        Files.writeString(all.resolve("dead/7/source"), "left over");
        var living = store.reserve(100).orElseThrow();
        receive(living, Form.of("a", "b").bytes());

        // when
        UploadStore.open(new UploadSettings(workDir, 100)).close();

        // then
        assertThat(all.resolve("dead")).doesNotExist();
        assertThat(files()).hasSize(2);
    }

    private FormFault fault(Form form) {
        var body = form.bytes();
        try (var upload = store.reserve(body.length).orElseThrow()) {
            receive(upload, body);
            throw new AssertionError("the form was received");
        } catch (FormException e) {
            return e.fault();
        }
    }

    private static ReceivedForm receive(Upload upload, byte[] body) {
        try {
            return upload.receive(new ByteArrayInputStream(body), Form.BOUNDARY, RULES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(workDir)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .toList();
        }
    }
}
