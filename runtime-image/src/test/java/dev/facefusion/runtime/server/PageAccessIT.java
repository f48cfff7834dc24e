package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.security.ApiKeys;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/// What the page asks a person for, because the server asks for it: a key, and consent.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "dev.facefusion.runtime.server.Browser#installed",
        disabledReason = Browser.MISSING)
class PageAccessIT {

    private final Browser browser = Browser.open().resize(1280);

    @AfterAll
    void stop() {
        browser.close();
    }

    @Test
    void asksForTheKeyOfTheServerAndFollowsAJobWithIt() {
        // given
        var key = ApiKeys.create("web");
        var engine = FakeEngine.warm();
        try (var server =
                RunningServer.start(Map.of("API_KEYS", key.line()), engine).awaitReady()) {

            // when
            var page = Page.open(browser, server);

            // then
            page.awaitText("health-word", "Key needed").awaitShown("access");
            page.assertFitForEveryone("locked");

            // when: a key, but another one
            page.element("key").sendKeys(ApiKeys.create("web").secret(), Keys.ENTER);

            // then
            page.awaitShown("key-fault").assertFitForEveryone("wrong key");
            assertThat(page.text("key-fault")).isEqualTo("Unauthenticated");
            assertThat(page.text("health-word")).isEqualTo("Key needed");

            // when
            page.element("key").clear();
            page.element("key").sendKeys(key.secret());
            page.element("use-key").click();

            // then
            page.awaitText("health-word", "Ready");
            assertThat(page.shown("key-fault")).isFalse();

            // when
            page.choosePhotos().consent().submit().awaitShown("progress");
            engine.started.acquireUninterruptibly();

            // then: the events come with the key, too
            page.awaitText("progress-word", "Running");
            engine.mayFinish.release();
            page.awaitShown("result");
            assertThat(page.run("return document.cookie + localStorage.length")).isEqualTo("0");
        }
    }

    @Test
    void sendsNothingToAServerThatWantsConsentWithoutIt() {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {
            var page = Page.open(browser, server).choosePhotos();

            // when
            page.submit();

            // then
            assertThat(page.focused()).isEqualTo("consent");
            assertThat(page.text("consent-fault"))
                    .isEqualTo("This server swaps faces with consent only.");

            // when
            page.element("consent").click();
            page.submit();

            // then
            assertThat(page.focused()).isEqualTo("reference");
            assertThat(page.text("reference-fault"))
                    .isEqualTo("Say where the consent is written down.");
            assertThat(engine.started.availablePermits()).isZero();

            // when
            engine.mayFinish.release();
            page.element("reference").sendKeys("form 2026-014");
            page.submit();

            // then
            page.awaitShown("result");
        }
    }

    @Test
    void needsNoConsentWhereTheServerNeedsNone() {
        // given
        var engine = FakeEngine.warm();
        engine.mayFinish.release();
        try (var server = RunningServer.start(Map.of("CONSENT", "optional"), engine).awaitReady()) {

            // when
            var page = Page.open(browser, server).choosePhotos();
            page.awaitText("consent-need", "optional").submit();

            // then
            page.awaitShown("result");
        }
    }
}
