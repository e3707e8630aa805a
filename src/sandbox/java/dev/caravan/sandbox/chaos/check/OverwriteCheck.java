package dev.caravan.sandbox.chaos.check;

import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.chaos.check.Tally.Rows;
import dev.caravan.sandbox.chaos.plan.Overwrite;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges objects that were overwritten, in each cluster: what an object has in the end is there once; what it had before is there once, or not at all if it
 * was replaced before it was loaded. Where nothing can tell which of two contents of the same size a COPY has read, either is right if a person was told.
 */
public final class OverwriteCheck {
    private final String bucket;
    private final Tally tally;
    private final Told told;
    private final Set<String> loadedBefore;

    /** @param loadedBefore URLs of objects whose first content was seen in the tables before it was replaced */
    public OverwriteCheck(String bucket, Tally tally, Told told, Set<String> loadedBefore) {
        this.bucket = bucket;
        this.tally = tally;
        this.told = told;
        this.loadedBefore = loadedBefore;
    }

    public List<Finding> findings(List<PlannedFile> files) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedFile file : files) {
            file.overwrite().ifPresent(overwrite -> {
                for (String cluster : file.feed().clusters()) {
                    Rows before = tally.rows(cluster, file.label());
                    Rows after = tally.rows(cluster, file.labelAfterwards());
                    kind(file, overwrite, before, after)
                            .ifPresent(kind -> findings.add(finding(kind, file, overwrite, cluster, before, after)));
                }
            });
        }
        return findings;
    }

    private Optional<Kind> kind(PlannedFile file, Overwrite overwrite, Rows before, Rows after) {
        if (before.isMoreThan(file.rows()) || after.isMoreThan(overwrite.rows())) {
            return Optional.of(Kind.DOUBLED);
        }
        boolean firstIsThere = before.rows() == file.rows();
        boolean firstMayBeMissing = before.rows() == 0 && !loadedBefore.contains(file.url(bucket));
        if (after.rows() == overwrite.rows()) {
            return firstIsThere || firstMayBeMissing ? Optional.empty() : Optional.of(Kind.LOST);
        }
        boolean sameSize = overwrite.rows() == file.rows();
        return Optional.of(
                after.rows() == 0 && firstIsThere && sameSize && told.warned(file.url(bucket))
                        ? Kind.UNSURE
                        : Kind.LOST);
    }

    private Finding finding(Kind kind, PlannedFile file, Overwrite overwrite, String cluster, Rows before, Rows after) {
        return new Finding(
                kind,
                file.url(bucket),
                "was overwritten (%s); in %s are %d of its first %d rows, %d different, and %d of the %d that it has now, %d different"
                        .formatted(
                                overwrite.moment(),
                                cluster,
                                before.rows(),
                                file.rows(),
                                before.distinct(),
                                after.rows(),
                                overwrite.rows(),
                                after.distinct()));
    }
}
