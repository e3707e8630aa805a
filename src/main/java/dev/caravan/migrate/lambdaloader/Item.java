package dev.caravan.migrate.lambdaloader;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of one of the AWS loader's tables.
 *
 * @param values its attributes as plain values: texts (numbers as well), truth values, lists, maps
 * @param bytes its size as DynamoDB counts it, about
 */
record Item(Map<String, Object> values, long bytes) {

    static Item of(Map<String, AttributeValue> attributes) {
        return new Item(plain(attributes), size(attributes));
    }

    /** A text or a number; empty if there is none, or nothing stands in it. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name))
                .filter(value -> value instanceof String || value instanceof Boolean)
                .map(value -> value.toString().strip())
                .filter(text -> !text.isEmpty());
    }

    /** Whether a truth value is true, however the loader's version wrote it. */
    boolean isTrue(String name) {
        return text(name).filter(text -> text.matches("(?i)true|y|yes|1")).isPresent();
    }

    /** A list or a set; empty if there is none. */
    List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /** A map within an item, read like one. */
    static Item within(Map<?, ?> map) {
        Map<String, Object> values = new TreeMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return new Item(values, 0);
    }

    private static Map<String, Object> plain(Map<String, AttributeValue> attributes) {
        Map<String, Object> values = new TreeMap<>();
        attributes.forEach((name, value) -> values.put(name, plain(value)));
        return values;
    }

    private static Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case BOOL -> value.bool();
            case SS -> List.copyOf(value.ss());
            case NS -> List.copyOf(value.ns());
            case L -> value.l().stream().map(Item::plain).toList();
            case M -> plain(value.m());
            default -> "";
        };
    }

    private static long size(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> bytes(entry.getKey()) + size(entry.getValue()))
                .sum();
    }

    /** See "Item sizes and formats" in DynamoDB's developer guide. */
    private static long size(AttributeValue value) {
        return switch (value.type()) {
            case S -> bytes(value.s());
            case N -> number(value.n());
            case SS -> value.ss().stream().mapToLong(Item::bytes).sum();
            case NS -> value.ns().stream().mapToLong(Item::number).sum();
            case L -> 3 + value.l().stream().mapToLong(each -> 1 + size(each)).sum();
            case M -> 3L + value.m().size() + size(value.m());
            default -> 1;
        };
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long number(String digits) {
        return digits.length() / 2L + 2;
    }
}
