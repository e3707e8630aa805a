package dev.caravan.redshift.copy;

import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an attempt copies.
 *
 * @param manifestUrl the manifest of all files, {@code s3://bucket/key}
 * @param tableColumns the names of all columns of the table, in their order; asked of the cluster for a feed that {@linkplain Target#isStaged() is
 *     staged}, else empty
 * @param added the columns that the table gets before
 * @param files the files one by one, the earliest first, for a feed that copies {@linkplain Target#isFileByFile() file by file}; else empty
 */
public record CopySource(
        String manifestUrl, List<String> tableColumns, List<AddedColumn> added, List<SingleFile> files) {

    public CopySource {
        tableColumns = List.copyOf(tableColumns);
        added = List.copyOf(added);
        files = List.copyOf(files);
    }

    /** Into a table that stays as it is. */
    public CopySource(String manifestUrl, List<String> tableColumns, List<SingleFile> files) {
        this(manifestUrl, tableColumns, List.of(), files);
    }

    /** All files at once, into a table whose columns need not be known. */
    public static CopySource of(String manifestUrl) {
        return new CopySource(manifestUrl, List.of(), List.of());
    }

    /**
     * A file that is copied alone.
     *
     * @param url {@code s3://bucket/key}
     * @param manifestUrl the manifest that names it and nothing else
     */
    public record SingleFile(String url, String manifestUrl) {}

    /** The columns that the files fill, in their order. */
    List<String> loaded(Target target) {
        if (!target.columns().isEmpty()) {
            return target.columns();
        }
        List<String> columns = new ArrayList<>(tableColumns);
        added.forEach(column -> columns.add(column.column()));
        Stream.of(target.writtenFileColumn(), target.loadedAtColumn())
                .flatMap(Optional::stream)
                .flatMap(column -> ClusterNames.find(columns, column).stream())
                .toList()
                .forEach(columns::remove);
        return columns;
    }
}
