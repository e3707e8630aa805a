/**
 * {@code ./caravan bench --tables}: what it costs to read a table, beside what a user would run instead. Fed by the extraction of the product in a
 * process of its own, and by the programs of MariaDB and PostgreSQL; feeds the figures of {@code docs/explanation/speed.md}.
 */
@NullMarked
package dev.caravan.sandbox.bench.tables;

import org.jspecify.annotations.NullMarked;
