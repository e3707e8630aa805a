package dev.caravan.operate.doctor;

import dev.caravan.operate.doctor.trial.Leftover;
import dev.caravan.operate.doctor.trial.Result.Differs;
import java.util.List;

/**
 * What a person can send in.
 *
 * @param left what could not be taken away
 */
public record Report(Facts facts, List<Finding> findings, List<Leftover> left) {
    public Report {
        findings = List.copyOf(findings);
        left = List.copyOf(left);
    }

    /** How many assertions don't hold. */
    public long differing() {
        return findings.stream()
                .filter(finding -> finding.result() instanceof Differs)
                .count();
    }
}
