package dev.caravan.pipeline.tabletoredshift.source;

/**
 * A table of a source, in its own spelling.
 *
 * @param schema in MySQL, a database
 */
public record TableId(String schema, String name) {
    /** As people write it: {@code shop.orders}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
