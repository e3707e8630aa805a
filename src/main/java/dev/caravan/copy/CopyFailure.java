package dev.caravan.copy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failed load means. The rules are {@link FailureRules}: the one list that decides what is tried again.
 *
 * @param kind what follows from it
 * @param reason what is wrong, the cluster's own words, and what to do; without secrets
 * @param sqlState the database's SQLState; empty if the failure was not the database's
 */
public record CopyFailure(Kind kind, String reason, String sqlState) {
    private static final int LONGEST = 2000;

    /** What follows from a failure. */
    public enum Kind {
        /** The batch's rows are in the cluster already: go on as after a success. */
        ALREADY_LOADED,
        /** It may go away by itself: try again later. Nothing is known of the attempt's outcome; the next one asks the cluster's ledger first. */
        PASSING,
        /** A file of the batch is at fault: trying the same files again would fail again. */
        BAD_DATA,
        /** A person has to change something. */
        FATAL
    }

    /**
     * Classifies what an attempt threw. All causes and all of {@link SQLException#getNextException} are looked at; the innermost one that a rule
     * knows decides, because pools and routes wrap what happened. What no rule knows is FATAL if it came from the database, else PASSING.
     */
    public static CopyFailure of(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        Optional<CopyFailure> known = Optional.empty();
        for (Throwable t : chain) {
            Optional<FailureRules.Verdict> verdict = FailureRules.verdict(t);
            if (verdict.isPresent()) {
                known = Optional.of(failure(verdict.get(), t));
                if (verdict.get().kind() == Kind.ALREADY_LOADED) {
                    break;
                }
            }
        }
        return known.orElseGet(() -> chain.stream()
                .filter(SQLException.class::isInstance)
                .findFirst()
                .map(t -> failure(FailureRules.UNKNOWN_SQL, t))
                .orElseGet(() -> failure(FailureRules.UNKNOWN_OTHER, chain.get(chain.size() - 1))));
    }

    private static CopyFailure failure(FailureRules.Verdict verdict, Throwable t) {
        String state = t instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        String words = t.getMessage() == null
                ? t.getClass().getSimpleName()
                : Secrets.scrub(t.getMessage()).replaceAll("\\s+", " ").strip();
        if (words.length() > LONGEST) {
            words = words.substring(0, words.offsetByCodePoints(0, words.codePointCount(0, LONGEST) - 1)) + "…";
        }
        return new CopyFailure(verdict.kind(), verdict.problem() + ": \"" + words + "\". " + verdict.advice(), state);
    }

    private static List<Throwable> chain(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        collect(thrown, seen, chain);
        return chain;
    }

    private static void collect(@Nullable Throwable t, Set<Throwable> seen, List<Throwable> chain) {
        if (t == null || !seen.add(t)) {
            return;
        }
        chain.add(t);
        if (t instanceof SQLException sql) {
            collect(sql.getNextException(), seen, chain);
        }
        collect(t.getCause(), seen, chain);
    }
}
