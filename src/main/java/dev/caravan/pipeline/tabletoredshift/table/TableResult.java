package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.redshift.target.WriteMode;
import dev.caravan.work.run.RunText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a table in a run.
 *
 * @param error why it isn't loaded, for people; empty if it is to be
 * @param warnings what a person should know of it
 * @param rows that were read
 * @param changes by {@code column policy}, how many values a policy changed
 * @param loads what is to be loaded: usually one, none if there is nothing
 * @param deleted once the run is over, how many rows its load has deleted from Redshift by keys, in the cluster where they are most; null before, and if none was to
 */
public record TableResult(
        String error,
        List<String> warnings,
        long rows,
        long bytes,
        Map<String, Long> changes,
        List<Load> loads,
        @Nullable Long deleted) {
    public TableResult {
        warnings = List.copyOf(warnings);
        changes = Map.copyOf(changes);
        loads = List.copyOf(loads);
    }

    /**
     * Keys in parts of their own.
     *
     * @param manifest URL of what names the parts
     * @param rows that they have
     * @param gone whether rows with these keys go; else they alone stay
     */
    public record Keys(String manifest, long rows, boolean gone) {}

    /** One of a load's parts. */
    public record Part(String url, String version, long size) {
        /** @param parts size and version of each: {@code 1024:etag,…} */
        static List<Part> all(String folder, String parts) {
            List<Part> all = new ArrayList<>();
            for (String one : parts.split(",", -1)) {
                int colon = one.indexOf(':');
                all.add(new Part(
                        folder + S3Parts.name(all.size() + 1),
                        one.substring(colon + 1),
                        Long.parseLong(one.substring(0, colon))));
            }
            return all;
        }
    }

    /**
     * One batch: for clusters that are equally far.
     *
     * @param table in Redshift
     * @param columns in Redshift, in the order of the files' fields
     * @param keys in Redshift
     * @param marker what stands for NULL
     * @param folder URL that the parts' begin with
     * @param parts size and version of each: {@code 1024:etag,…}
     * @param step that the clusters make by it
     * @param value that they note then
     * @param deletes keys by which rows are deleted: one list at the most
     */
    public record Load(
            String table,
            List<String> columns,
            List<String> keys,
            WriteMode mode,
            String marker,
            List<String> clusters,
            String folder,
            String parts,
            long rows,
            long step,
            String value,
            List<Keys> deletes) {
        public Load {
            deletes = deletes == null ? List.of() : List.copyOf(deletes); // an earlier version's has none
            columns = List.copyOf(columns);
            keys = List.copyOf(keys);
            clusters = List.copyOf(clusters);
        }

        public List<Part> allParts() {
            return Part.all(folder, parts);
        }
    }

    public static TableResult of(String result) {
        return RunText.read(result, TableResult.class);
    }

    public static TableResult failed(String error) {
        return new TableResult(error, List.of(), 0, 0, Map.of(), List.of(), null);
    }

    /** This one, whose loads have deleted so many rows. */
    TableResult deleting(long gone) {
        return new TableResult(error, warnings, rows, bytes, changes, loads, gone);
    }

    public String text() {
        return RunText.write(this);
    }
}
