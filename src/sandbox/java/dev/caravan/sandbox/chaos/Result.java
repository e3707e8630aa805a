package dev.caravan.sandbox.chaos;

import dev.caravan.base.Shown;
import dev.caravan.sandbox.chaos.check.Finding;
import dev.caravan.sandbox.chaos.check.Finding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a run ended.
 *
 * @param files that were uploaded
 * @param faults how often each was put in force
 * @param done what else was done, and how often: to files, and by an operator
 * @param ended instances that ended by themselves, in words
 */
record Result(
        int files,
        List<Finding> findings,
        int kills,
        int freezes,
        Map<String, Integer> faults,
        Map<String, Integer> done,
        List<String> ended) {
    private static final int SHOWN = 8;

    boolean isGood() {
        return findings.stream().noneMatch(finding -> finding.kind().isBroken());
    }

    /** A file that is lost in two clusters is one lost file. */
    private long count(Kind kind) {
        List<Finding> these = of(kind);
        return kind == Kind.STUCK
                ? these.size()
                : these.stream().map(Finding::subject).distinct().count();
    }

    private List<Finding> of(Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).toList();
    }

    /** The figures, one a line, and what they are about. */
    String report() {
        StringBuilder text = new StringBuilder();
        text.append("files: %d%n".formatted(files));
        for (Kind kind : Kind.values()) {
            text.append(kind.word()).append(": ").append(count(kind)).append('\n');
        }
        text.append("kills: %d%n".formatted(kills));
        text.append("faults: %d%n"
                .formatted(faults.values().stream().mapToInt(Integer::intValue).sum()));
        text.append('\n');
        for (Kind kind : Arrays.stream(Kind.values()).filter(Kind::isBroken).toList()) {
            of(kind).stream()
                    .limit(SHOWN)
                    .forEach(finding ->
                            text.append(Shown.line(finding.toString())).append('\n'));
        }
        ended.forEach(words -> text.append(words).append('\n'));
        text.append("Instances frozen: %d. Done: %s.%n".formatted(freezes, names()));
        return text.toString();
    }

    private String names() {
        return Stream.concat(faults.entrySet().stream(), done.entrySet().stream())
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
    }
}
