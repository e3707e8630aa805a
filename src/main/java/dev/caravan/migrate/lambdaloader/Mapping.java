package dev.caravan.migrate.lambdaloader;

import dev.caravan.migrate.draft.FeedDraft;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What becomes of some attributes of the AWS loader's configuration.
 *
 * @param attributes their names
 * @param rule writes properties or comments; it is asked whether the attributes are there or not
 */
record Mapping(List<String> attributes, BiConsumer<Item, FeedDraft> rule) {

    /** It is a feed's property. */
    static Mapping property(String attribute, String property) {
        return property(attribute, property, UnaryOperator.identity());
    }

    /** It is a feed's property, written otherwise. */
    static Mapping property(String attribute, String property, UnaryOperator<String> value) {
        return new Mapping(
                List.of(attribute),
                (config, draft) -> config.text(attribute).ifPresent(text -> draft.set(property, value.apply(text))));
    }

    /** It has no equal; its value is told to nobody. */
    static Mapping comment(String attribute, String words) {
        return new Mapping(
                List.of(attribute),
                (config, draft) -> config.text(attribute).ifPresent(text -> draft.comment(attribute + ": " + words)));
    }

    /** Without it the feed would load something else. */
    static Mapping off(String attribute, String words) {
        return new Mapping(
                List.of(attribute),
                (config, draft) -> config.text(attribute).ifPresent(text -> draft.off(attribute + ": " + words)));
    }

    /** They mean nothing outside the AWS loader, or another row takes care of them. */
    static Mapping nothing(String... attributes) {
        return new Mapping(List.of(attributes), (config, draft) -> {});
    }
}
