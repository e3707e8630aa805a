package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Shape;
import dev.caravan.base.property.Values;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of values that Redshift can't keep as they are. Each is counted. */
final class ValueProperties {
    static final Property<Boolean> ZERO_DATES = choice(
            "zeroDates",
            "fail",
            "null",
            true,
            "dates that are on no calendar, as MySQL's `0000-00-00`: `null` or `fail`");

    static final Property<Boolean> EMPTY_BYTES = choice(
            "emptyBytes",
            "fail",
            "null",
            true,
            "bytes of which there are none, which COPY takes for NULL: `null` or `fail`");

    static final Property<Boolean> TOO_LONG = choice(
            "tooLong",
            "fail",
            "truncate",
            false,
            "texts of more than 65,535 bytes, and more than 2,000,000 bytes of others: `fail` or `truncate`");

    static final Property<Boolean> OUT_OF_RANGE = choice(
            "outOfRange",
            "fail",
            "null",
            false,
            "NaN, infinities, dates before the year 1 or after 9999: `fail` or `null`");

    static final Property<Boolean> NUL_CHARACTERS =
            choice("nulCharacters", "fail", "strip", false, "characters U+0000 in texts: `fail` or `strip`");

    static final Property<Boolean> TINYINT1 =
            choice("tinyint1", "number", "boolean", false, "MySQL's TINYINT(1): a `number` or a `boolean`");

    static final Property<Boolean> JSON = choice(
            "json", "text", "super", false, "JSON: its exact `text`, or `super`, where large numbers may lose digits");

    private static final Map<Property<Boolean>, Policy> POLICIES = Map.of(
            ZERO_DATES, Policy.ZERO_DATES_TO_NULL,
            EMPTY_BYTES, Policy.EMPTY_BYTES_TO_NULL,
            TOO_LONG, Policy.CUT_TOO_LONG,
            OUT_OF_RANGE, Policy.OUT_OF_RANGE_TO_NULL,
            NUL_CHARACTERS, Policy.STRIP_NUL,
            TINYINT1, Policy.TINYINT1_IS_BOOLEAN,
            JSON, Policy.JSON_IS_SUPER);

    private ValueProperties() {}

    static Set<Policy> policies(Values values) {
        Set<Policy> policies = EnumSet.noneOf(Policy.class);
        POLICIES.forEach((property, policy) -> {
            if (values.get(property)) {
                policies.add(policy);
            }
        });
        return policies;
    }

    private static Property<Boolean> choice(String name, String no, String yes, boolean byDefault, String what) {
        return Property.of(
                        name,
                        Form.of(
                                        no + " or " + yes,
                                        text -> Optional.of(text)
                                                .filter(word -> word.equalsIgnoreCase(no) || word.equalsIgnoreCase(yes))
                                                .map(yes::equalsIgnoreCase))
                                .shaped(Shape.of(List.of(no, yes))),
                        what)
                .byDefault(byDefault ? yes : no);
    }
}
