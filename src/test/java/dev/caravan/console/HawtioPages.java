package dev.caravan.console;

import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.WheelInput.ScrollOrigin;

/** Hawtio as a person uses it: what is read and clicked on its pages. */
final class HawtioPages {
    private static final int MARGIN = 30;
    private static final double LARGE = 0.7;

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

    /** How many exchanges a step has seen, by the diagram that is shown. */
    long exchanges(String step) {
        return Long.parseLong(browser.text(node(step) + "//*[@class='number']"));
    }

    private static String node(String step) {
        return "//*[contains(concat(@class, ' '), 'react-flow__node ')][.//*[@class='camel-node-id'][contains(., '(ID: "
                + step + ")')]]";
    }

    /**
     * Zooms in, and drags a step to the diagram's top: what fits the page is in letters too small for a picture.
     * Hawtio draws it in steps, and fits it to the page when it is done.
     */
    void lookAt(String step) {
        browser.untilItStays(step + " is large and at the top", () -> {
            WebElement pane = browser.find("//*[contains(@class, 'react-flow__pane')]");
            Dimension size = pane.getSize();
            int distance =
                    pane.getLocation().y + MARGIN - browser.find(node(step)).getLocation().y;
            if (scale() < LARGE) {
                browser.actions()
                        .scrollFromOrigin(ScrollOrigin.fromElement(pane), 0, -100)
                        .perform();
            } else if (Math.abs(distance) > MARGIN / 2) {
                int drag = Math.max(-size.height / 2, Math.min(size.height / 2, distance));
                browser.actions()
                        .moveToElement(pane, MARGIN - size.width / 2, -drag / 2)
                        .clickAndHold()
                        .moveByOffset(0, drag)
                        .release()
                        .perform();
            } else {
                return true;
            }
            return false;
        });
    }

    private double scale() {
        String style =
                browser.find("//*[contains(@class, 'react-flow__viewport')]").getDomAttribute("style");
        return Double.parseDouble(String.valueOf(style).replaceFirst(".*scale\\((.*?)\\).*", "$1"));
    }

    /** An attribute's value, as it is shown now. */
    String attribute(String name) {
        return browser.text("//table[@aria-label='Attributes']//tr[td[1][.='" + name + "']]/td[2]");
    }

    /** Waits until an attribute's value is shown: Hawtio asks every few seconds. */
    void awaitAttribute(String name, String value) {
        browser.until(name + " " + value, () -> attribute(name).equals(value));
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
