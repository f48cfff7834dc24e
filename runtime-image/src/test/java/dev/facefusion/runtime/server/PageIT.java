package dev.facefusion.runtime.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/// The page in a real browser, in front of the real engine.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "dev.facefusion.runtime.server.Browser#installed",
        disabledReason = Browser.MISSING)
class PageIT {

    private final RunningServer server = startServer();
    private final Browser browser = Browser.open();

    private static RunningServer startServer() {
        var execution = RunningServer.config(Map.of()).execution();
        return RunningServer.start(
                Map.of("MAX_BODY_MEGABYTES", "2", "PATH", Footages.SEARCH_PATH),
                parts -> () -> EnginePlan.of(parts.models(), execution).open());
    }

    @BeforeAll
    void awaitReady() {
        server.awaitReady();
    }

    @AfterAll
    void stop() {
        browser.close();
        server.close();
    }

    @AfterEach
    void asksNobodyElseAndKeepsItsPolicy() {
        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith(server.api("/").toString())
                                || url.startsWith("blob:" + server.api("/"))
                                || url.startsWith("data:image/svg+xml;")); // a player's own icons
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void swapsTheTwoPhotos() {
        // given
        var page = open().choosePhotos().consent();

        // when
        page.submit().awaitShown("result");

        // then
        assertThat(page.focused()).isEqualTo("result-title");
        assertThat(page.text("facts")).startsWith("512 × 600 pixels, ");
        assertThat(page.element("download").getDomAttribute("download"))
                .isEqualTo("grace_hopper-swapped.png");
        page.awaitText("marks", "AIGC label");
        assertThat(page.text("marks")).contains("XMP metadata", "Made by FaceFusion runtime");
        assertThat(changed(page, "0, 0, 512, 60")).as("above the cap").isLessThan(0.01);
        assertThat(changed(page, "210, 190, 90, 90")).as("in the face").isGreaterThan(0.5);
    }

    @Test
    @NeedsFfmpeg
    void swapsAVideoAndPlaysIt(@TempDir Path folder) {
        // given
        var photos = Path.of("models/photos").toAbsolutePath();
        var video =
                Footages.portrait(
                        folder.resolve("party.mp4"), photos.resolve("astronaut.png"), "320x180", 2);
        var page =
                open().choose("source", photos.resolve("grace_hopper.jpg"))
                        .choose("target", video)
                        .consent();

        // when
        page.submit().awaitShown("result");

        // then
        assertThat(page.shown("players")).isTrue();
        assertThat(page.shown("compare")).isFalse();
        assertThat(page.element("download").getDomAttribute("download"))
                .isEqualTo("party-swapped.mp4");
        page.awaitText("marks", "AIGC label");
        await().until(
                        () -> page.run("return document.getElementById('player').videoWidth"),
                        Long.valueOf(320)::equals);
    }

    @Test
    void comparesByKeyboard() {
        // given
        var page = open().choosePhotos().consent().submit().awaitShown("result");
        var slider = page.element("slider");

        // when
        slider.sendKeys(Keys.HOME);
        var home = slider.getDomAttribute("aria-valuetext");
        slider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        var right = slider.getDomAttribute("aria-valuetext");
        slider.sendKeys(Keys.END);
        var end = slider.getDomAttribute("aria-valuetext");

        // then
        assertThat(home).isEqualTo("0 % target, 100 % result");
        assertThat(right).isEqualTo("2 % target, 98 % result");
        assertThat(end).isEqualTo("100 % target, 0 % result");
        assertThat(page.run("return getComputedStyle(document.getElementById('after')).clipPath"))
                .isEqualTo("inset(0px 0px 0px 100%)");
    }

    @Test
    void takesTheOptionsUnderFaceFusionsNames() {
        // given
        var page = open().choosePhotos().consent();
        page.run("document.getElementById('options').open = true");
        page.run("document.querySelector('[value=face_enhancer]').click()");
        page.run("document.querySelector('[value=jpeg]').click()");

        // when
        page.submit().awaitShown("result");

        // then
        assertThat(page.element("download").getDomAttribute("download"))
                .isEqualTo("grace_hopper-swapped.jpg");
    }

    @Test
    void reachesEverythingByTab() {
        // given
        var page = open();
        page.run("document.getElementById('options').open = true");

        // when
        var ofTheForm = page.tabStops();
        page.choosePhotos().consent().submit().awaitShown("result");
        var ofTheResult = page.tabStops();

        // then
        assertThat(ofTheForm)
                .containsExactly(
                        "sourcechooser",
                        "targetchooser",
                        "consent",
                        "reference",
                        "Options",
                        "swapper",
                        "frame_processors",
                        "output_format",
                        "submit",
                        "API");
        assertThat(ofTheResult).containsExactly("slider", "download", "next", "API");
    }

    @Test
    void saysWhatIsMissingAndGoesToTheFirst() {
        // given
        var page = open();

        // when
        page.submit();

        // then
        assertThat(page.focused()).isEqualTo("sourcechooser");
        assertThat(page.text("source-fault")).isEqualTo("Choose a source picture.");
        assertThat(page.text("target-fault")).isEqualTo("Choose a target picture or video.");

        page.choosePhotos();
        assertThat(page.shown("source-fault")).isFalse();
        assertThat(page.shown("target-fault")).isFalse();
    }

    @Test
    void saysThatThereIsNoFace(@TempDir Path folder) throws Exception {
        // given
        var page = open().choosePhotos().choose("source", grey(folder)).consent();

        // when
        page.submit().awaitShown("problem");

        // then
        assertThat(page.focused()).isEqualTo("problem");
        assertThat(page.text("problem"))
                .contains("No face", "No face was found in the source.", "larger", "Request id");
        assertThat(page.shown("again")).isFalse();
        assertThat(page.shown("result")).isFalse();
        assertThat(page.shown("submit")).isTrue();
    }

    @Test
    void saysThatAFileIsNoImage(@TempDir Path folder) throws Exception {
        // given
        var text = Files.writeString(folder.resolve("notes.png"), "this is not an image");
        var page = open().choosePhotos().choose("target", text).consent();

        // when
        page.awaitText("target", "cannot show").submit().awaitShown("problem");

        // then
        assertThat(page.text("problem")).contains("Unsupported image", "JPEG, PNG or WebP");
    }

    @Test
    void sendsNothingThatIsTooLarge(@TempDir Path folder) throws Exception {
        // given
        var large = Files.write(folder.resolve("large.png"), new byte[3 * 1024 * 1024]);
        var page = open().choosePhotos().choose("target", large).consent();

        // when
        page.submit();

        // then
        assertThat(page.focused()).isEqualTo("targetchooser");
        assertThat(page.text("target-fault")).contains("2.1 MB", "3.9 MB");
    }

    @ParameterizedTest
    @CsvSource({"360, light", "1280, dark"})
    void isFitForEveryone(int width, String scheme, @TempDir Path folder) throws Exception {
        // given
        var page = Page.open(browser.resize(width).prefer(scheme), server);

        // then
        page.assertFitForEveryone("empty");
        page.submit().assertFitForEveryone("faults");
        page.run("document.getElementById('options').open = true");
        page.choosePhotos().consent().assertFitForEveryone("filled");
        page.submit().awaitShown("result").assertFitForEveryone("result");
        page.choose("source", grey(folder)).submit().awaitShown("problem");
        page.assertFitForEveryone("problem");
    }

    private Page open() {
        return Page.open(browser.resize(1280).prefer("light"), server);
    }

    /// The share of pixels that differ clearly between target and result.
    ///
    /// @param region left, top, width, height
    private static double changed(Page page, String region) {
        var share =
                page.run(
                        """
                        const [before, after] = ['before', 'after'].map((id) => {
                          const image = document.getElementById(id);
                          const canvas = document.createElement('canvas');
                          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
                          const context = canvas.getContext('2d');
                          context.drawImage(image, 0, 0);
                          return context.getImageData(%s).data;
                        });
                        let count = 0;
                        for (let i = 0; i < before.length; i += 4) {
                          count += Math.abs(before[i] - after[i]) > 8;
                        }
                        return count / (before.length / 4);
                        """
                                .formatted(region));
        return ((Number) requireNonNull(share)).doubleValue();
    }

    private static Path grey(Path folder) throws IOException {
        var file = folder.resolve("grey.png");
        ImageIO.write(
                new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        return file;
    }
}
