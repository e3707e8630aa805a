package dev.caravan.redshift.target;

/**
 * Keys in files of their own, by which a load deletes rows. They are in the format of the load's files, their fields in the order of its keys, and none of
 * them is NULL.
 *
 * @param manifestUrl names the files
 * @param rows that they have: another number fails the load
 * @param gone whether rows with these keys go; else they alone stay
 * @param maxPercent how many of the table's rows may go: more fail the load
 */
public record DeletedKeys(String manifestUrl, long rows, boolean gone, int maxPercent) {}
