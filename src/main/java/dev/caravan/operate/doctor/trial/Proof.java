package dev.caravan.operate.doctor.trial;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What Caravan takes for granted of a cluster, in the order in which it is tried. {@code docs/explanation/proven-and-unproven.md} lists the same. */
public enum Proof {
    GUARD_FINDS("a batch whose id stands in the ledger table among others is recognised as loaded", Guard::finds),
    GUARD_LONG_ID("so is one whose id has 128 characters, the most that there are", Guard::findsLong),
    GUARD_PASSES("a batch whose id isn't there is loaded, whatever other ids are", Guard::passes),
    LOADED_ONCE("a load that is given twice has its rows in the table once, and the second says so", new LoadedOnce()),
    ROW_COUNT("pg_last_copy_count() in the transaction's INSERT … SELECT is COPY's number of rows", new RowCount()),
    TRIAL("a trial reads the files and leaves nothing", new Trial()),
    ALL_OR_NOTHING("COPY in a transaction that fails leaves no row", new AllOrNothing()),
    MANY_STATEMENTS("so does a transaction of more than 40 statements that fails at its end", new ManyStatements()),
    TURNS("a second load waits at LOCK for the first one's end, and then sees its row", new TakesTurns()),
    MERGE("rows that go through temporary tables are merged in one transaction", new Merge()),
    NEW_COLUMN("ALTER TABLE and COPY are one transaction, done or taken back together", new NewColumn()),
    MIXED_CASE("names in mixed case are loaded, whether the cluster folds them or not", new MixedCase()),
    MISSING_FILE("a file that the manifest names and that is gone fails the load, as that", Refusals.MISSING_FILE),
    BAD_ROW("a row that doesn't fit fails the load, as that", Refusals.BAD_ROW),
    BAD_PARQUET("a Parquet file that is none fails the load, as that", Refusals.BAD_PARQUET),
    WRONG_KEYS("keys that S3 doesn't know fail the load, as that", Refusals.WRONG_KEYS),
    NO_PERMISSION("an object that COPY may not read fails the load, as that", Refusals.NO_PERMISSION),
    OTHER_REGION("a bucket of another Region than COPY names fails the load, as that", Refusals.OTHER_REGION),
    STL_ERRORS("STL_LOAD_ERRORS tells of a bad row as soon as its load has failed", LoadErrors.STL),
    SYS_ERRORS("SYS_LOAD_ERROR_DETAIL tells of a bad row as soon as its load has failed", LoadErrors.SYS);

    private final String assertion;

    @SuppressWarnings("ImmutableEnumChecker") // a check has no state
    private final Check check;

    Proof(String assertion, Check check) {
        this.assertion = assertion;
        this.check = check;
    }

    /** Its name, as the docs and the report have it: {@code guard-finds}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** That of a name; empty if there is none. */
    public static Optional<Proof> named(String word) {
        return Stream.of(values()).filter(proof -> proof.word().equals(word)).findFirst();
    }

    /** What is proven, half a sentence. */
    public String assertion() {
        return assertion;
    }

    public Check check() {
        return check;
    }
}
