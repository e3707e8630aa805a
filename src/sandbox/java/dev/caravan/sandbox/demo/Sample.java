package dev.caravan.sandbox.demo;

import java.util.List;

/**
 * The files for one of the shipped feeds.
 *
 * @param feed the feed's name
 * @param table the feed's table
 * @param columns the columns that the files fill, in the order of their rows' fields
 */
record Sample(String feed, String table, List<String> columns, List<SampleFile> files) {

    long rows() {
        return files.stream().mapToLong(file -> file.rows().size()).sum();
    }
}
