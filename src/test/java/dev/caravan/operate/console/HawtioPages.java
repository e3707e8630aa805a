package dev.caravan.operate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Hawtio as a person uses it: what is read and clicked on its pages. */
final class HawtioPages {
    private final Browser browser;

    HawtioPages(Browser browser) {
        this.browser = browser;
    }

    /** Goes down the tree, opening what is closed, and chooses the last. */
    void tree(String... path) {
        StringBuilder item = new StringBuilder("//ul[@role='tree']");
        for (int i = 0; i < path.length; i++) {
            item.append(i == 0 ? "/li" : "/ul/li").append("[./div//button[normalize-space()='" + path[i] + "']]");
            if (i == path.length - 1) {
                browser.click(item + "/div//button[normalize-space()='" + path[i] + "']");
            } else if (isClosed(item.toString())) {
                browser.click(item + "/div//button[contains(@class, 'toggle')]");
            }
        }
    }

    private boolean isClosed(String item) {
        browser.find(item);
        return browser.has(item + "[@aria-expanded='false']");
    }

    void tab(String name) {
        browser.click("//main//a[normalize-space()='" + name + "']");
    }

    /** Of what the page says that it shows. */
    String title() {
        return browser.text("//main//h1");
    }

    /** What went wrong is said in a message that goes away by itself, and in the place of a diagram. */
    void assertNoTrouble() {
        assertThat(browser.texts("//*[contains(@class, 'c-alert ') and contains(@class, 'm-danger')]"))
                .isEmpty();
        assertThat(browser.has("//main//*[contains(., 'Error Occurred')]")).isFalse();
    }

    /** An attribute's value, as it is shown now. */
    String attribute(String name) {
        return browser.text("//table[@aria-label='Attributes']//tr[td[1][.='" + name + "']]/td[2]");
    }

    /** Waits until an attribute's value is shown: Hawtio asks every few seconds. */
    void awaitAttribute(String name, String value) {
        browser.until(name + " " + value, () -> attribute(name).equals(value));
    }

    /** The names of the operations that are offered. */
    List<String> operations() {
        browser.find("//main//li//b");
        return browser.texts("//main//li//b");
    }

    /** Opens an operation, fills in what it takes, executes it, and reads its result. */
    String execute(String operation, String... arguments) {
        String row = "//main//li[.//b[.='" + operation + "']]";
        if (!browser.has(row + "[contains(@class, 'expanded')]")) {
            browser.click(row + "//button[@aria-label='Details']");
        }
        for (int i = 0; i < arguments.length; i++) {
            browser.find("(" + row + "//form//input)[" + (i + 1) + "]").sendKeys(arguments[i]);
        }
        browser.click(row + "//button[normalize-space()='Execute']");
        return browser.text(row + "//pre");
    }
}
