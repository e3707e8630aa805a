package dev.caravan.dataapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement answered.
 *
 * @param columns their names, in order
 * @param values of each row as many as columns: Boolean, Long, Double, BigDecimal, String, or null
 */
record Rows(List<String> columns, List<List<@Nullable Object>> values) {}
