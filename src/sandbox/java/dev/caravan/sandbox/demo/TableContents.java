package dev.caravan.sandbox.demo;

import java.util.List;

/**
 * What a table holds.
 *
 * @param types of its columns, from {@link java.sql.Types}
 * @param rows a text per column, as the driver renders it; empty is null
 */
record TableContents(List<Integer> types, List<List<String>> rows) {}
