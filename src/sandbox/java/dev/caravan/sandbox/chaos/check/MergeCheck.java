package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.MergedRow;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a table must have into which files were merged, however they were cut into batches: of all rows with the same keys the latest by seq, and every row with a
 * null among its keys.
 */
public final class MergeCheck {
    /** As text, one row a line, so that two rows that are equal are two. */
    static final String QUERY =
            "SELECT coalesce(id::varchar, '') || '|' || coalesce(part::varchar, '') || '|' || seq || '|' || row_no"
                    + " || '|' || file FROM ";

    private MergeCheck() {}

    public static List<Finding> findings(
            Clusters clusters, List<ChaosFeed> feeds, List<PlannedFile> files, String bucket) {
        List<Finding> findings = new ArrayList<>();
        for (ChaosFeed feed : feeds) {
            List<PlannedFile> ofFeed =
                    files.stream().filter(file -> file.feed().equals(feed)).toList();
            if (feed.kind() == ChaosFeed.Kind.MERGE) {
                for (String cluster : feed.clusters()) {
                    findings.addAll(
                            findings(cluster, clusters.sql(cluster).column(QUERY + feed.table()), ofFeed, bucket));
                }
            }
        }
        return findings;
    }

    /** @param lines of {@link #QUERY} */
    public static List<Finding> findings(String cluster, List<String> lines, List<PlannedFile> files, String bucket) {
        Map<String, String> urls =
                files.stream().collect(Collectors.toMap(PlannedFile::label, file -> file.url(bucket)));
        Map<String, Long> there = lines.stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
        Map<String, MergedRow> expected = expected(files);
        List<Finding> findings = new ArrayList<>();
        expected.forEach((line, row) -> {
            long count = there.getOrDefault(line, 0L);
            if (count != 1) {
                findings.add(new Finding(
                        count == 0 ? Kind.LOST : Kind.DOUBLED,
                        urls.getOrDefault(row.file(), row.file()),
                        "has its row %d, with keys %s and seq %d, %d times in %s"
                                .formatted(row.row(), row.key(), row.seq(), count, cluster)));
            }
        });
        there.keySet().stream()
                .filter(line -> !expected.containsKey(line))
                .sorted()
                .forEach(line -> {
                    String label = line.split("\\|", 5)[4];
                    findings.add(new Finding(
                            Kind.DOUBLED,
                            urls.getOrDefault(label, label),
                            "has a row in %s that another replaces, or that was never uploaded: %s"
                                    .formatted(cluster, line)));
                });
        return findings;
    }

    private static Map<String, MergedRow> expected(List<PlannedFile> files) {
        List<MergedRow> rows = files.stream()
                .filter(file -> !file.kind().isBad())
                .flatMap(file -> IntStream.rangeClosed(1, file.rows()).mapToObj(row -> MergedRow.of(file, row)))
                .toList();
        Map<String, MergedRow> latest = new HashMap<>(rows.stream()
                .filter(row -> !row.isAlone())
                .collect(Collectors.toMap(
                        MergedRow::key,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(MergedRow::seq)))));
        return Collections.unmodifiableMap(
                Stream.concat(latest.values().stream(), rows.stream().filter(MergedRow::isAlone))
                        .collect(Collectors.toMap(MergeCheck::line, Function.identity())));
    }

    private static String line(MergedRow row) {
        return "%s|%s|%d|%d|%s".formatted(row.id(), row.part(), row.seq(), row.row(), row.file());
    }
}
