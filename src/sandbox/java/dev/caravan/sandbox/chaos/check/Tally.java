package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What SQL counts: the rows of every file in every cluster. */
public final class Tally {
    /**
     * Of one file in one cluster.
     *
     * @param rows all
     * @param distinct as many rows as a file without doubles would have
     */
    public record Rows(int rows, int distinct) {
        static final Rows NONE = new Rows(0, 0);

        /** Whether there are more of them than that, or one of them twice. */
        boolean isMoreThan(int count) {
            return rows > count || rows > distinct;
        }
    }

    private record Place(String cluster, String file) {}

    private final Map<Place, Rows> counts = new HashMap<>();

    public static Tally of(Clusters clusters, List<ChaosFeed> feeds) {
        Tally tally = new Tally();
        for (ChaosFeed feed : feeds) {
            if (feed.kind() == ChaosFeed.Kind.MERGE) {
                continue; // MergeCheck has a look of its own
            }
            for (String cluster : feed.clusters()) {
                clusters.sql(cluster)
                        .column("SELECT count(*) || ' ' || count(DISTINCT row_no) || ' ' || file FROM " + feed.table()
                                + " GROUP BY file")
                        .forEach(line -> tally.add(cluster, line));
            }
        }
        return tally;
    }

    /** @param line rows, distinct rows and the file's name, separated by blanks */
    void add(String cluster, String line) {
        String[] parts = line.split(" ", 3);
        counts.put(new Place(cluster, parts[2]), new Rows(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }

    /** @param file what its rows carry */
    public Rows rows(String cluster, String file) {
        return Optional.ofNullable(counts.get(new Place(cluster, file))).orElse(Rows.NONE);
    }
}
