package dev.caravan.sandbox.redshift.copy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Where each row that went to PostgreSQL came from: it counts rows of one stream and knows no files. */
final class LineNumbers {
    private final TreeMap<Long, String> files = new TreeMap<>();
    private int[] lines = new int[1024];
    private int rows;

    void startFile(String url) {
        files.put((long) rows + 1, url);
    }

    void add(long line) {
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, rows * 2);
        }
        lines[rows++] = (int) line;
    }

    long rows() {
        return rows;
    }

    /** @param row from 1 */
    String file(long row) {
        Map.Entry<Long, String> file = files.floorEntry(row);
        return file == null ? "" : file.getValue();
    }

    /** @param row from 1 */
    long line(long row) {
        return row >= 1 && row <= rows ? lines[(int) row - 1] : 0;
    }
}
