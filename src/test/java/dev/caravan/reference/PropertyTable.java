package dev.caravan.reference;

import dev.caravan.base.property.PropertySet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Properties of a bean, or settings, as a table of a page. */
final class PropertyTable {
    private PropertyTable() {}

    private static String of(String head, PropertySet properties) {
        return Stream.concat(
                        Stream.of(head, "|---|---|---|"),
                        properties.all().stream()
                                .map(property -> "| `" + property.name() + "` | " + property.what() + " | "
                                        + property.otherwise() + " |"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * The page with a table written anew.
     *
     * @param noun the head of its first column
     * @param before a line before it, so that the right one is found
     */
    static String in(String page, String before, String noun, PropertySet properties) {
        String head = "| " + noun + " | what | default |";
        int start = page.indexOf(head, page.indexOf(before));
        int end = page.indexOf("\n\n", start) + 1;
        return page.substring(0, start) + of(head, properties) + page.substring(end);
    }
}
