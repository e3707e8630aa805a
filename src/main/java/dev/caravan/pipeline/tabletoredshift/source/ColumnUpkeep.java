package dev.caravan.pipeline.tabletoredshift.source;

/**
 * Who sets a column's values, and how they are found.
 *
 * @param leadsIndex whether an index of all rows begins with it
 * @param setOnUpdate whether the source sets it when a row changes: MySQL's ON UPDATE; in PostgreSQL, a trigger before updates, of which nobody knows
 *     what it does
 * @param byDefault the expression or value of its default; empty without one
 */
public record ColumnUpkeep(boolean leadsIndex, boolean setOnUpdate, String byDefault) {}
