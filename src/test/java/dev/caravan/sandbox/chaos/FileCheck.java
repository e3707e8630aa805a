package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.Finding.Kind;
import dev.caravan.sandbox.chaos.Tally.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what was uploaded with what SQL counts and what was told, file by file and cluster by cluster. */
final class FileCheck {
    private final String bucket;
    private final Tally tally;
    private final LedgerSnapshot ledger;
    private final Told told;

    FileCheck(String bucket, Tally tally, LedgerSnapshot ledger, Told told) {
        this.bucket = bucket;
        this.tally = tally;
        this.ledger = ledger;
        this.told = told;
    }

    /** All that isn't as it is with a good file whose rows are all there once. */
    List<Finding> findings(List<PlannedFile> files) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedFile file : files) {
            for (String cluster : file.feed().clusters()) {
                kind(file, tally.rows(cluster, file)).ifPresent(kind -> findings.add(finding(kind, file, cluster)));
            }
        }
        return findings;
    }

    private Optional<Kind> kind(PlannedFile file, Rows rows) {
        String url = file.url(bucket);
        boolean toldFailed = told.failed(url, ledger.batchOf(url));
        // Nothing of a file with a bad row can be loaded. A deleted one may be, if the cluster was faster.
        boolean bad = file.kind() == PlannedFile.Kind.BAD_ROW;
        boolean mayFail = file.kind() != PlannedFile.Kind.GOOD;
        if (rows.rows() > rows.distinct() || rows.rows() > (bad ? 0 : file.rows())) {
            return Optional.of(Kind.DOUBLED);
        }
        if (!bad && rows.distinct() == file.rows()) {
            return Optional.empty();
        }
        return Optional.of(rows.rows() == 0 && mayFail && toldFailed ? Kind.QUARANTINED : Kind.LOST);
    }

    private Finding finding(Kind kind, PlannedFile file, String cluster) {
        Rows rows = tally.rows(cluster, file);
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
                                    case DELETED -> ", and deleted";
                                },
                                ledger.describe(url)));
    }
}
