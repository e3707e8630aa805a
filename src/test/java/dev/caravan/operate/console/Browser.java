package dev.caravan.operate.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.remote.RemoteWebDriver;

/** This machine's Chromium, without a window and without a network other than this machine. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String DRIVER = "chromedriver";
    private static final Dimension PAGE = new Dimension(1400, 900);

    private final ChromeDriverService service;
    private final RemoteWebDriver driver;

    private Browser(ChromeDriverService service, RemoteWebDriver driver) {
        this.service = service;
        this.driver = driver;
    }

    /** Skips the test where there is no Chromium or no chromedriver on the PATH: neither is ever downloaded. */
    static void assumeThere() {
        assumeTrue(
                chromium().isPresent() && driver().isPresent(),
                () -> "There is no " + String.join(", ", NAMES) + " or no " + DRIVER + " on the PATH");
    }

    static Browser start() throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--lang=en",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost");
        if (Objects.equals(System.getProperty("user.name"), "root")) {
            options.addArguments("--no-sandbox"); // which root can't have
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver().orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        service.start();
        try {
            RemoteWebDriver started = new RemoteWebDriver(service.getUrl(), options, false);
            Browser browser = new Browser(service, started);
            browser.sizeThePage();
            return browser;
        } catch (RuntimeException e) {
            service.stop();
            throw e;
        }
    }

    void open(String address) {
        driver.get(address);
    }

    /** The element, once it is there. */
    WebElement find(String xpath) {
        return patience(xpath).until(() -> driver.findElement(By.xpath(xpath)), element -> true);
    }

    /** Its text, as it is at one moment. */
    String text(String xpath) {
        return patience(xpath)
                .until(
                        () -> Objects.requireNonNull(
                                driver.findElement(By.xpath(xpath)).getDomProperty("textContent")),
                        text -> true)
                .strip();
    }

    boolean has(String xpath) {
        return !driver.findElements(By.xpath(xpath)).isEmpty();
    }

    /** The text of each that is there now. */
    List<String> texts(String xpath) {
        return each(xpath, "node.textContent.trim()");
    }

    /** Where each that is there now is on the page, in pixels. */
    List<String> places(String xpath) {
        return each(xpath, "node.getBoundingClientRect().x + ',' + node.getBoundingClientRect().y");
    }

    /** All at one moment. */
    private List<String> each(String xpath, String what) {
        Object answer = driver.executeScript(
                "const found = document.evaluate(arguments[0], document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);"
                        + "return Array.from({length: found.snapshotLength}, (none, i) => {"
                        + "const node = found.snapshotItem(i); return " + what + "; });",
                xpath);
        return ((List<?>) Objects.requireNonNull(answer))
                .stream().map(String::valueOf).toList();
    }

    /** Once it can be clicked. */
    void click(String xpath) {
        patience("to click " + xpath).until(() -> {
            driver.findElement(By.xpath(xpath)).click();
            return true;
        });
    }

    /** Waits until it is so; the page may change while it is asked. */
    void until(String what, Callable<Boolean> question) {
        patience(what).until(question);
    }

    /** Waits until it can be asserted; what can't be in the end is told, with a picture in {@code target/}. */
    void untilAsserted(ThrowingRunnable assertion) throws IOException {
        try {
            patience("an assertion").untilAsserted(assertion);
        } catch (ConditionTimeoutException e) {
            Files.write(Path.of("target", "hawtio-trouble.png"), driver.getScreenshotAs(OutputType.BYTES));
            throw e;
        }
    }

    /** As {@link #until}, and it stays so for three seconds: pages move things about. */
    void untilItStays(String what, Callable<Boolean> question) {
        patience(what).during(Duration.ofSeconds(3)).until(question);
    }

    private static ConditionFactory patience(String what) {
        return await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(e -> e instanceof NotFoundException
                        || e instanceof StaleElementReferenceException
                        || e instanceof ElementNotInteractableException);
    }

    /** As a person does with mouse and keyboard. */
    Actions actions() {
        return new Actions(driver);
    }

    /** Of the page as it is: into {@code target/}; if that is wanted, one that the docs show is renewed as well. */
    void picture(String name) throws IOException {
        byte[] picture = driver.getScreenshotAs(OutputType.BYTES);
        Files.write(Path.of("target", name + ".png"), picture);
        Path shown = Path.of("docs", "images", name + ".png");
        if (Boolean.getBoolean("caravan.screenshots") && Files.exists(shown)) {
            Files.write(shown, picture);
        }
    }

    @Override
    public void close() {
        driver.quit();
        service.stop();
    }

    /** What is set is the window, with a frame around the page. */
    private void sizeThePage() {
        Dimension window = driver.manage().window().getSize();
        driver.manage()
                .window()
                .setSize(new Dimension(
                        PAGE.width + window.width - pixels("innerWidth"),
                        PAGE.height + window.height - pixels("innerHeight")));
    }

    private int pixels(String what) {
        return ((Number) Objects.requireNonNull(driver.executeScript("return window." + what))).intValue();
    }

    private static Optional<Path> chromium() {
        return NAMES.stream().flatMap(Browser::onPath).findFirst();
    }

    private static Optional<Path> driver() {
        return onPath(DRIVER).findFirst();
    }

    private static Stream<Path> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }
}
