package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/// The page in a browser, as a person uses it.
final class Page {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Browser browser;

    private Page(Browser browser) {
        this.browser = browser;
    }

    /// Opens the page and waits until it knows how the server is.
    static Page open(Browser browser, RunningServer server) {
        browser.driver.get(server.api("/").toString());
        var page = new Page(browser);
        page.await(() -> !page.text("health-word").equals("Asking the server"));
        return page;
    }

    Page choose(String slot, Path file) {
        browser.driver
                .findElement(By.cssSelector("#%s .chooser".formatted(slot)))
                .sendKeys(file.toAbsolutePath().toString());
        return this;
    }

    Page choosePhotos() {
        var photos = Path.of("models/photos");
        choose("source", photos.resolve("astronaut.png"));
        return choose("target", photos.resolve("grace_hopper.jpg"));
    }

    /// Gives consent where the server asks for it.
    Page consent() {
        if (text("consent-need").contains("optional")) {
            return this;
        }
        element("consent").click();
        element("reference").sendKeys("form 2026-014");
        return this;
    }

    Page submit() {
        element("submit").click();
        return this;
    }

    Page awaitShown(String id) {
        await(() -> shown(id));
        return this;
    }

    Page awaitText(String id, String text) {
        await(() -> text(id).contains(text));
        return this;
    }

    boolean shown(String id) {
        return element(id).isDisplayed();
    }

    String text(String id) {
        return element(id).getText();
    }

    WebElement element(String id) {
        return browser.driver.findElement(By.id(id));
    }

    /// The id of what has the focus; of a control without one, its name or its text.
    String focused() {
        return (String)
                Objects.requireNonNull(
                        run(
                                """
                                const e = document.activeElement;
                                return e.id || (e.closest('.slot')?.id ?? '') + (e.name ?? '') + e.className.split(' ').at(-1)
                                    || e.textContent;
                                """));
    }

    /// What the Tab key reaches from here, in its order, until it leaves the page.
    List<String> tabStops() {
        var stops = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            new Actions(browser.driver).sendKeys(Keys.TAB).perform();
            if (Boolean.TRUE.equals(run("return document.activeElement === document.body"))) {
                break;
            }
            var stop = focused();
            if (!stops.isEmpty() && stops.getFirst().equals(stop)) {
                break;
            }
            stops.add(stop);
        }
        return stops;
    }

    @Nullable Object run(String script, Object... arguments) {
        return browser.driver.executeScript(script, arguments);
    }

    /// Nothing that axe knows to be a barrier, and nothing wider than the window.
    void assertFitForEveryone(String state) {
        assertThat(
                        run(
                                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels beyond the window: %s", state)
                .isEqualTo(0L);
        assertThat(new AxeBuilder().analyze(browser.driver).getViolations())
                .as("violations: %s", state)
                .isEmpty();
    }

    private void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }
}
