package dev.caravan.redshift.failure;

import dev.caravan.ledger.LedgerUnavailable;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failed load means. The rules are {@link FailureRules}: they alone decide what is tried again.
 *
 * @param kind what follows from it
 * @param problem what is wrong, and the cluster's own words; without secrets
 * @param advice what to do, or what Caravan does, a sentence
 * @param sqlState the database's SQLState; empty if the failure was not the database's
 * @param clue where to look for the file that is at fault
 * @param reading the URL of the object that the cluster was reading, maybe cut off at the end; empty if it doesn't say
 */
public record CopyFailure(
        Kind kind, String problem, String advice, String sqlState, Clue clue, Optional<String> reading) {
    private static final int LONGEST = 2000;

    /** What follows from a failure. */
    public enum Kind {
        /** The batch's rows are in the cluster already: go on as after a success. */
        ALREADY_LOADED,
        /** A trial that copied files and was rolled back on purpose: the cluster can read them. */
        READABLE,
        /** It may go away by itself: try again later. Nothing is known of the attempt's outcome; the next one asks the cluster's ledger first. */
        PASSING,
        /** As {@link #PASSING}, and the cluster did not answer: if it still doesn't at once, treat it as {@link #AWAY}. */
        UNREACHABLE,
        /** The cluster as a whole takes no loads for now: hold all that are for it. */
        AWAY,
        /** A file of the batch is at fault: trying the same files again would fail again. */
        BAD_DATA,
        /** A person has to change something. */
        FATAL
    }

    /** Where to look for the file that is at fault, if the cluster doesn't name it. */
    public enum Clue {
        /** Nowhere in particular. */
        NONE,
        /** An object was not there, the manifest or a file: S3 knows which. */
        MISSING_OBJECT,
        /** The cluster's load-error views have the rows that it refused. */
        REFUSED_ROWS,
        /** The object that the cluster names, if it names one: it may be at fault, if others can be loaded. */
        NAMED_OBJECT
    }

    /** Whether an object was not there. */
    public boolean missing() {
        return clue == Clue.MISSING_OBJECT;
    }

    /** Whether the load-error views have the rows that were refused. */
    public boolean refusesRows() {
        return clue == Clue.REFUSED_ROWS;
    }

    /** Whether the cluster names an object that may be at fault, though the words alone don't say so. */
    public boolean maybeAnObjects() {
        return clue == Clue.NAMED_OBJECT && reading.isPresent();
    }

    /** Whether nothing else but the files of the batch, or one that is named, may be at fault. */
    public boolean maybeOfFiles() {
        return kind == Kind.BAD_DATA || maybeAnObjects();
    }

    /**
     * The same, of a file that the feed needs for any of its files: it isn't about them, and is over when that file can be read.
     *
     * @param what the file, with its URL
     */
    public CopyFailure ofFeed(String what) {
        return new CopyFailure(
                Kind.PASSING,
                what + " can't be read, and without it nothing of the feed can be loaded: " + problem,
                "Put it there, or let the cluster read it; Caravan tries again.",
                sqlState,
                Clue.NONE,
                Optional.empty());
    }

    /**
     * Classifies what an attempt threw. All causes and all of {@link SQLException#getNextException} are looked at; the innermost one that a rule
     * knows decides, because pools and routes wrap what happened; but what the ledger calls unavailable is that, whatever DynamoDB said. What no rule knows is FATAL if it came from the database, else PASSING.
     */
    public static CopyFailure of(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        Optional<CopyFailure> known = Optional.empty();
        for (Throwable t : chain) {
            Optional<Verdict> verdict = FailureRules.verdict(t);
            if (verdict.isPresent()) {
                boolean connection = verdict.get().equals(FailureRules.CONNECTION)
                        && known.map(CopyFailure::kind).equals(Optional.of(Kind.UNREACHABLE));
                known = Optional.of(failure(connection ? ClusterRules.NO_ANSWER : verdict.get(), t));
                if (verdict.get().kind() == Kind.ALREADY_LOADED || t instanceof LedgerUnavailable) {
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

    /** Whether a connection ended, or none could be made: that says something of the cluster only if others fare alike. */
    public boolean isOfConnection() {
        return kind == Kind.UNREACHABLE || sqlState.startsWith("57P") || sqlState.startsWith("08");
    }

    /** Whether the cluster refused the login: it may let in another instance, which has another secret. */
    public boolean isOfLogin() {
        return kind == Kind.AWAY && sqlState.startsWith("28");
    }

    /** The problem and what to do. */
    public String reason() {
        return problem + ". " + advice;
    }

    private static CopyFailure failure(Verdict verdict, Throwable t) {
        String state = t instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        String message = t.getMessage() == null
                ? ""
                : Secrets.scrub(t.getMessage()).replaceAll("\\s+", " ").strip();
        String type = t.getClass().getSimpleName();
        String words = message.isEmpty() ? type : t instanceof UnknownHostException ? type + ": " + message : message;
        if (words.length() > LONGEST) {
            words = words.substring(0, words.offsetByCodePoints(0, words.codePointCount(0, LONGEST) - 1)) + "…";
        }
        Optional<String> reading =
                t instanceof SQLException sql ? ClusterError.of(sql).reading() : Optional.empty();
        return new CopyFailure(
                verdict.kind(),
                verdict.problem() + ": \"" + words + "\"",
                verdict.advice(),
                state,
                verdict.clue(),
                reading);
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
