package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// The page while tasks wait, run and get lost, with an engine that obeys the test.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "dev.facefusion.runtime.server.Browser#installed",
        disabledReason = Browser.MISSING)
class PageQueueIT {

    private static final Map<String, String> SMALL =
            Map.of("QUEUE_CAPACITY", "1", "DRAIN_TIMEOUT_SECONDS", "1");

    private final Browser browser = Browser.open().resize(360);

    @AfterAll
    void stop() {
        browser.close();
    }

    @Test
    void showsThatATaskRuns() {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(SMALL, engine).awaitReady()) {
            var page = Page.open(browser, server).choosePhotos().consent();

            // when
            page.submit().awaitShown("progress");
            engine.started.acquireUninterruptibly();

            // then
            assertThat(page.focused()).isEqualTo("cancel");
            assertThat(page.shown("submit")).isFalse();
            page.awaitText("health-figures", "1 running");
            page.assertFitForEveryone("running");

            engine.mayFinish.release();
            page.awaitShown("result");
        }
    }

    @Test
    void cancels() {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(SMALL, engine).awaitReady()) {
            var page = Page.open(browser, server).choosePhotos().consent();
            page.submit().awaitShown("progress");
            engine.started.acquireUninterruptibly();

            // when
            page.element("cancel").click();

            // then
            page.awaitShown("submit");
            assertThat(page.focused()).isEqualTo("submit");
            assertThat(page.shown("problem")).isFalse();
            engine.mayFinish.release();
        }
    }

    @Test
    void countsDownWhenTheQueueIsFullAndTriesAgainWhenTold() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(SMALL, engine).awaitReady()) {
            var page = Page.open(browser, server).choosePhotos().consent();
            var first = server.swapLater(Form.of("a", "b"));
            engine.started.acquireUninterruptibly();
            var second = server.swapLater(Form.of("a", "b"));
            server.awaitBehindOne(1);

            // when
            page.submit().awaitShown("problem");

            // then
            assertThat(page.focused()).isEqualTo("problem");
            assertThat(page.text("problem-title")).isEqualTo("Queue full");
            assertThat(page.text("again")).startsWith("Try again");
            page.assertFitForEveryone("queue full");

            engine.mayFinish.release(3);
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(second.get().statusCode()).isEqualTo(200);
            await().until(() -> page.text("again").equals("Try again"));
            page.element("again").click();
            page.awaitShown("result");
        }
    }

    @Test
    void saysThatTheServerIsGone() {
        // given
        var server = RunningServer.start(SMALL, FakeEngine.warm()).awaitReady();
        var page = Page.open(browser, server).choosePhotos().consent();

        // when
        server.close();
        page.submit().awaitShown("problem");

        // then
        assertThat(page.text("problem-title")).isEqualTo("The server cannot be reached");
        assertThat(page.text("again")).isEqualTo("Try again");
        page.awaitText("health-word", "Not reachable").assertFitForEveryone("server gone");
    }

    @Test
    void saysThatTheServerIsNotReadyYet() {
        // given
        var engine = FakeEngine.cold();
        try (var server = RunningServer.start(SMALL, engine)) {

            // when
            var page = Page.open(browser, server);

            // then
            assertThat(page.text("health-word")).isEqualTo("Starting");
            page.choosePhotos().consent().submit().awaitShown("problem");
            assertThat(page.text("problem-title")).isEqualTo("Not ready");
            engine.mayWarmUp.countDown();
            page.awaitText("health-word", "Ready");
        }
    }
}
