package dev.caravan.operate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.WheelInput.ScrollOrigin;

/** Hawtio's diagram of a route, or of all of them, as a person sees it: boxes, each with a step's id and a number. */
final class Diagram {
    private static final String BOX = "//*[contains(concat(@class, ' '), 'react-flow__node ')]";
    private static final String ID = "//*[@class='camel-node-id']";
    private static final int MARGIN = 30;
    private static final double LARGE = 0.7;

    private final Browser browser;

    Diagram(Browser browser) {
        this.browser = browser;
    }

    /** Waits until just these steps are drawn, each in a place of its own. */
    void awaitDrawn(Collection<String> steps) throws IOException {
        browser.untilAsserted(() -> {
            assertThat(browser.places(BOX))
                    .hasSizeGreaterThanOrEqualTo(steps.size())
                    .doesNotHaveDuplicates();
            assertThat(steps()).containsExactlyInAnyOrderElementsOf(steps);
        });
    }

    /** The steps' ids, as they are written into the boxes. */
    List<String> steps() {
        return browser.texts(BOX + ID).stream()
                .map(text -> text.replaceFirst("^\\(ID: (.*)\\)$", "$1"))
                .toList();
    }

    /** How many exchanges a step has seen. */
    long exchanges(String step) {
        return Long.parseLong(browser.text(box(step) + "//*[@class='number']"));
    }

    private static String box(String step) {
        return BOX + "[." + ID + "[contains(., '(ID: " + step + ")')]]";
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
                    pane.getLocation().y + MARGIN - browser.find(box(step)).getLocation().y;
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

    /** Waits until it is fitted to the page, which Hawtio does when all is drawn. */
    void awaitRest() {
        String[] last = {""};
        browser.untilItStays("the diagram at rest", () -> {
            String before = last[0];
            last[0] = viewport();
            return before.equals(last[0]);
        });
    }

    /** All boxes are where a person sees them, without dragging anything. */
    void assertFitsThePage() {
        Rectangle pane =
                browser.find("//*[contains(@class, 'react-flow__pane')]").getRect();
        assertThat(browser.places(BOX)).allSatisfy(box -> {
            String[] corner = box.split(",", 2);
            assertThat((int) Double.parseDouble(corner[0])).isBetween(pane.x, pane.x + pane.width);
            assertThat((int) Double.parseDouble(corner[1])).isBetween(pane.y, pane.y + pane.height);
        });
    }

    private String viewport() {
        return String.valueOf(
                browser.find("//*[contains(@class, 'react-flow__viewport')]").getDomAttribute("style"));
    }

    private double scale() {
        return Double.parseDouble(viewport().replaceFirst(".*scale\\((.*?)\\).*", "$1"));
    }
}
