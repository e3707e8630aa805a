package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.check.Tally.Rows;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what was uploaded with what SQL counts and what was told, file by file and cluster by cluster. */
public final class FileCheck {
    private final String bucket;
    private final Tally tally;
    private final LedgerSnapshot ledger;
    private final Told told;

    public FileCheck(String bucket, Tally tally, LedgerSnapshot ledger, Told told) {
        this.bucket = bucket;
        this.tally = tally;
        this.ledger = ledger;
        this.told = told;
    }

    /** All that isn't as it is with a good file whose rows are all there once. Files that are merged or overwritten are others' business. */
    public List<Finding> findings(List<PlannedFile> files) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedFile file : files) {
            blamed(file).ifPresent(findings::add);
            if (file.feed().kind() == ChaosFeed.Kind.MERGE || file.overwrite().isPresent()) {
                continue;
            }
            for (String cluster : file.feed().clusters()) {
                kind(file, tally.rows(cluster, file.label()))
                        .ifPresent(kind -> findings.add(finding(kind, file, cluster)));
            }
        }
        return findings;
    }

    private Optional<Finding> blamed(PlannedFile file) {
        String url = file.url(bucket);
        boolean mayBeSetAside = file.kind() != PlannedFile.Kind.GOOD
                || file.overwrite().isPresent()
                || file.feed().isMendedByHand();
        return !mayBeSetAside && told.setAside(url)
                ? Optional.of(
                        new Finding(Kind.BLAMED, url, "was set aside, though it is good; " + ledger.describe(url)))
                : Optional.empty();
    }

    private Optional<Kind> kind(PlannedFile file, Rows rows) {
        String url = file.url(bucket);
        boolean toldFailed = told.failed(url, ledger.batchOf(url));
        if (rows.isMoreThan(file.goodRows())) {
            return Optional.of(Kind.DOUBLED);
        }
        return switch (file.kind()) {
            case EMPTY -> toldFailed ? Optional.of(Kind.QUARANTINED) : Optional.empty();
            case BAD_ROW, PLAIN, CUT -> Optional.of(toldFailed ? Kind.QUARANTINED : Kind.LOST);
            case SKIPPED_ROWS ->
                rows.distinct() < file.goodRows()
                        ? Optional.of(Kind.LOST)
                        : told.warned(url) || told.countsMoreSkipped(ledger.batchOf(url))
                                ? Optional.empty()
                                : Optional.of(Kind.UNTOLD);
            // A deleted file may be loaded, if the cluster was faster, and a forbidden one when it no longer is.
            case DELETED, FORBIDDEN -> complete(file, rows, rows.rows() == 0 && toldFailed);
            case GOOD -> complete(file, rows, false);
        };
    }

    private static Optional<Kind> complete(PlannedFile file, Rows rows, boolean quarantined) {
        return rows.distinct() == file.rows()
                ? Optional.empty()
                : Optional.of(quarantined ? Kind.QUARANTINED : Kind.LOST);
    }

    private Finding finding(Kind kind, PlannedFile file, String cluster) {
        Rows rows = tally.rows(cluster, file.label());
        String url = file.url(bucket);
        return new Finding(
                kind,
                url,
                "has %d rows in %s, %d of them different; it was uploaded with %d%s; %s"
                        .formatted(
                                rows.rows(),
                                cluster,
                                rows.distinct(),
                                file.rows(),
                                switch (file.kind()) {
                                    case GOOD -> "";
                                    case BAD_ROW -> ", the last one bad";
                                    case SKIPPED_ROWS -> ", %d of them good".formatted(file.goodRows());
                                    case DELETED -> ", and deleted";
                                    case FORBIDDEN -> ", and refused by S3";
                                    case PLAIN -> ", and isn't compressed";
                                    case CUT -> ", and cut short";
                                    case EMPTY -> ", and has no byte";
                                },
                                ledger.describe(url)));
    }
}
