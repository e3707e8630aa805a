package dev.caravan.cli.files;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object as {@code describe file} tells it.
 *
 * @param versions every version in every feed, newest first
 */
record FileDescription(String url, List<Version> versions) {

    /**
     * A version of the object in a feed.
     *
     * @param state the word of a {@link FileState}; {@code imported} if another loader had loaded it before; {@code unknown} if the ledger no longer has its
     *     batch
     * @param batch the batch that it is in now
     * @param next what a person can do; empty if there is nothing to do
     */
    public record Version(
            String feed,
            String version,
            Instant created,
            long size,
            String state,
            String batch,
            List<InCluster> clusters,
            String next) {}

    /**
     * Where it stands in a cluster.
     *
     * @param status {@code waiting}, {@code loaded}, {@code failed}, {@code quarantined} or {@code superseded}
     * @param at when its batch came to an end there; absent if it hasn't
     * @param rows rows that its whole batch loaded; absent unless it is loaded
     * @param reason why it isn't loaded; absent if it is
     * @param line the first bad row's line; absent if the cluster named none, as {@code column} and {@code value}
     */
    record InCluster(
            String cluster,
            String status,
            @Nullable Instant at,
            @Nullable Long rows,
            @Nullable String reason,
            @Nullable Long line,
            @Nullable String column,
            @Nullable String value) {

        String inWords() {
            String what = cluster + ": " + status + (at == null ? "" : " at " + Page.time(at));
            if (rows != null) {
                what += ", with " + (rows == 1 ? "the only row" : "all " + Quantity.count(rows, "row"))
                        + " of its batch";
            }
            if (line != null) {
                what += ", line " + line + (column == null ? "" : " column " + column);
            }
            if (reason != null) {
                what += ": " + reason;
            }
            return what + (value == null ? "" : " (value '" + value + "')");
        }
    }

    String inWords() {
        Page page = new Page().line(url);
        for (Version version : versions) {
            page.gap()
                    .fact("Feed", version.feed())
                    .fact("Version", version.version())
                    .fact("Created", Page.time(version.created()) + ", " + Quantity.inBytes(version.size()))
                    .fact("Batch", version.batch())
                    .fact("State", version.state());
            version.clusters().forEach(cluster -> page.fact("", cluster.inWords()));
            page.fact("Next", version.next());
        }
        return page.toString();
    }
}
