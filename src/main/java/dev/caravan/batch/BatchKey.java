package dev.caravan.batch;

/** What the files of one batch have in common, as a text: a name and, behind a {@code #}, what else decides. */
public final class BatchKey {
    /** No feed's name has it. */
    public static final char NAME_END = '#';

    private BatchKey() {}

    /** The name in a key. */
    public static String name(String key) {
        int end = key.indexOf(NAME_END);
        return end < 0 ? key : key.substring(0, end);
    }
}
