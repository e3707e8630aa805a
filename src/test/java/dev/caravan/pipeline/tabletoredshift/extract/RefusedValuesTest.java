package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Redshift can't keep is refused while it is extracted, with table, key, column and what to do, or changed as a policy says, and counted. */
class RefusedValuesTest {
    private static final Set<Policy> NONE = Set.of();

    @Test
    void aTextThatIsTooLong() throws Exception {
        mysql(
                "too_long",
                "shop INT, id INT, note LONGTEXT, PRIMARY KEY (shop, id)",
                "7, 1, 'a'",
                "7, 2, REPEAT('a', 65536)");
        assertThat(refusal(SharedSources.mariaDb(), "too_long", NONE))
                .isEqualTo(
                        "shop.too_long: in the row with shop=7, id=2, column note is longer than the 65,535 bytes that "
                                + "VARCHAR(65535) holds. Have such values cut (tooLong: truncate), or leave the column out (columns: "
                                + "!note)");
    }

    @Test
    void aTextIsCutBehindAWholeCharacter() throws Exception {
        mysql(
                "cut",
                "id INT PRIMARY KEY, note LONGTEXT CHARACTER SET utf8mb4",
                "1, REPEAT('é', 40000)",
                "2, REPEAT('a', 65535)");
        MemoryParts parts = new MemoryParts();
        Extracted extracted = extract(SharedSources.mariaDb(), "cut", Set.of(Policy.CUT_TOO_LONG), parts);
        assertThat(extracted.changes()).containsExactly(new Extracted.Changed("note", Policy.CUT_TOO_LONG, 1));
        assertThat(parts.csv(0, Codec.ZSTD))
                .isEqualTo("1,\"" + "é".repeat(32767) + "\"\n2,\"" + "a".repeat(65535) + "\"\n");
    }

    @Test
    void jsonThatIsTooLongIsNotCut() throws Exception {
        mysql("long_json", "id INT PRIMARY KEY, doc JSON", "1, CONCAT('\"', REPEAT('a', 70000), '\"')");
        assertThat(refusal(SharedSources.mariaDb(), "long_json", Set.of(Policy.CUT_TOO_LONG)))
                .isEqualTo(
                        "shop.long_json: in the row with id=1, column doc is longer than the 65,535 bytes that "
                                + "VARCHAR(65535) holds, and would be useless if it were cut. Leave the column out (columns: !doc), or "
                                + "give an expression that makes it shorter (columns: doc=…); JSON may be longer in SUPER (json: super)");
        assertThat(extract(SharedSources.mariaDb(), "long_json", Set.of(Policy.JSON_IS_SUPER), new MemoryParts())
                        .changes())
                .isEmpty();
    }

    @Test
    void bytesThatAreTooLong() throws Exception {
        mysql("long_bytes", "id INT PRIMARY KEY, photo LONGBLOB", "1, REPEAT('a', 2000000)", "2, REPEAT('a', 2000001)");
        assertThat(refusal(SharedSources.mariaDb(), "long_bytes", NONE))
                .isEqualTo(
                        "shop.long_bytes: in the row with id=2, column photo is longer than the 2,000,000 bytes that "
                                + "VARBYTE(2000000) holds. Have such values cut (tooLong: truncate), or leave the column out (columns: "
                                + "!photo)");
        assertThat(extract(SharedSources.mariaDb(), "long_bytes", Set.of(Policy.CUT_TOO_LONG), new MemoryParts())
                        .changes())
                .containsExactly(new Extracted.Changed("photo", Policy.CUT_TOO_LONG, 1));
    }

    @Test
    void aRowThatIsTooLong() throws Exception {
        mysql(
                "long_row",
                "a LONGBLOB, b LONGBLOB",
                "'', REPEAT('a', 2000000)",
                "REPEAT('a', 2000000), REPEAT('a', 100000)");
        assertThat(refusal(SharedSources.mariaDb(), "long_row", Set.of(Policy.EMPTY_BYTES_TO_NULL)))
                .isEqualTo(
                        "shop.long_row: in row 2 of those that are read, column b makes the row longer than the 4 MB that "
                                + "COPY reads. Leave the column out (columns: !b)");
    }

    @Test
    void aDateThatIsOnNoCalendar() throws Exception {
        mysql("zero_date", "id INT PRIMARY KEY, born DATE", "1, '2024-02-29'", "2, '2023-02-29'");
        assertThat(refusal(SharedSources.mariaDb(), "zero_date", NONE))
                .isEqualTo(
                        "shop.zero_date: in the row with id=2, column born is a date that doesn't exist, such as 0000-00-00 "
                                + "or 2024-02-30. Have such dates become NULL (zeroDates: null), or leave the column out (columns: "
                                + "!born)");
    }

    @Test
    void bytesOfWhichThereAreNone() throws Exception {
        mysql("empty_bytes", "id INT PRIMARY KEY, hash VARBINARY(16)", "1, ''");
        assertThat(refusal(SharedSources.mariaDb(), "empty_bytes", NONE))
                .isEqualTo(
                        "shop.empty_bytes: in the row with id=1, column hash is empty, which COPY would read as NULL. Have "
                                + "such values become NULL (emptyBytes: null), or leave the column out (columns: !hash)");
    }

    @Test
    void aNulCharacter() throws Exception {
        mysql("nul", "id VARBINARY(4) PRIMARY KEY, note TEXT", "0xFF00, CONCAT('a', CHAR(0), 'b', CHAR(0))");
        assertThat(refusal(SharedSources.mariaDb(), "nul", NONE))
                .isEqualTo(
                        "shop.nul: in the row with id=FF00, column note has a character U+0000, which Redshift doesn't keep. "
                                + "Have such characters left out (nulCharacters: strip), or leave the column out (columns: !note)");
        MemoryParts parts = new MemoryParts();
        assertThat(extract(SharedSources.mariaDb(), "nul", Set.of(Policy.STRIP_NUL), parts)
                        .changes())
                .containsExactly(new Extracted.Changed("note", Policy.STRIP_NUL, 2));
        assertThat(parts.csv(0, Codec.ZSTD)).isEqualTo("FF00,\"ab\"\n");
    }

    @Test
    void aCharacterThatUnicodeHasForNoText() throws Exception {
        mysql("no_text", "id INT PRIMARY KEY, note TEXT CHARACTER SET utf8mb4", "1, CONVERT(0xEFBFBE USING utf8mb4)");
        String reason =
                "column note has bytes that aren't valid UTF-8, or a noncharacter such as U+FFFE. Fix them in the "
                        + "source, or give an expression that does (columns: note=…)";
        assertThat(refusal(SharedSources.mariaDb(), "no_text", NONE))
                .isEqualTo("shop.no_text: in the row with id=1, " + reason);
        postgres("no_text", "id INT PRIMARY KEY, note TEXT", "1, E'\\uFDD0'");
        assertThat(refusal(SharedSources.postgres(), "no_text", NONE))
                .isEqualTo("public.no_text: in the row with id=1, " + reason);
    }

    @Test
    void aTinyintThatIsNoBoolean() throws Exception {
        mysql("two", "id INT PRIMARY KEY, sold TINYINT(1)", "1, 1", "2, 2");
        assertThat(refusal(SharedSources.mariaDb(), "two", Set.of(Policy.TINYINT1_IS_BOOLEAN)))
                .isEqualTo(
                        "shop.two: in the row with id=2, column sold is neither 0 nor 1, and BOOLEAN has no other values. "
                                + "Keep it as a number (tinyint1: smallint)");
    }

    @Test
    void numbersAndTimesThatTheTypeDoesNotHave() throws Exception {
        postgres("nan", "id INT PRIMARY KEY, price NUMERIC(10,2)", "1, 'NaN'");
        assertThat(refusal(SharedSources.postgres(), "nan", TypeMapping.DEFAULT))
                .isEqualTo(
                        "public.nan: in the row with id=1, column price has a value that DECIMAL(10,2) doesn't have (NaN, an "
                                + "infinity, or a year before 1 or after 9999). Have such values become NULL (outOfRange: null), or "
                                + "leave the column out (columns: !price)");
        postgres("forever", "id INT PRIMARY KEY, until TIMESTAMPTZ", "1, 'infinity'");
        assertThat(refusal(SharedSources.postgres(), "forever", TypeMapping.DEFAULT))
                .startsWith(
                        "public.forever: in the row with id=1, column until has a value that TIMESTAMPTZ doesn't have");
    }

    @Test
    void aNumberWithoutALimitThatIsTooLong() throws Exception {
        postgres("digits", "id INT PRIMARY KEY, n NUMERIC", "1, 1e255", "2, -1e255");
        assertThat(refusal(SharedSources.postgres(), "digits", Set.of(Policy.CUT_TOO_LONG)))
                .startsWith(
                        "public.digits: in the row with id=2, column n is longer than the 256 bytes that VARCHAR(256) holds, "
                                + "and would be useless if it were cut.");
    }

    @Test
    void aTypeThatIsNotKnownIsRefusedBeforeAnythingIsRead() throws Exception {
        postgres("odd", "id INT PRIMARY KEY, \"of\" REGCLASS, p PG_SNAPSHOT", "1, 'pg_class', NULL");
        try (Connection connection = SharedSources.postgres().connect();
                Snapshot snapshot = Snapshot.begin(connection)) {
            MappedTable mapped = mapped(snapshot, new TableId("public", "odd"), NONE);
            assertThat(mapped.refusals())
                    .containsExactly(
                            "public.odd: column of has the type regclass, for which no mapping to Redshift is known. Leave it "
                                    + "out (columns: !of), or give an expression that makes a text of it (columns: of=…)",
                            "public.odd: column p has the type pg_snapshot, for which no mapping to Redshift is known. Leave it "
                                    + "out (columns: !p), or give an expression that makes a text of it (columns: p=…)");
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Selection.all(mapped)))
                    .hasMessageContaining("column of")
                    .hasMessageContaining("column p");
        }
    }

    @Test
    void aValueLikeTheMarkForNullIsNotTakenForIt() throws Exception {
        mysql("mark", "id INT PRIMARY KEY, note TEXT", "1, '~null'");
        assertThat(catchThrowableOfType(
                        NullMarkerTaken.class, () -> extract(SharedSources.mariaDb(), "mark", NONE, new MemoryParts())))
                .hasMessage("A value is ~null, this run's mark for NULL: the next attempt takes another mark");
    }

    private static String refusal(SourceDatabase database, String table, Set<Policy> policies) {
        MemoryParts parts = new MemoryParts();
        ValueRefused refused =
                catchThrowableOfType(ValueRefused.class, () -> extract(database, table, policies, parts));
        assertThat(parts.complete).isEmpty();
        return String.valueOf(refused.getMessage());
    }

    private static Extracted extract(SourceDatabase database, String table, Set<Policy> policies, MemoryParts parts)
            throws Exception {
        try (Snapshot snapshot = Snapshot.begin(database.connect())) {
            TableId id = new TableId(database == SharedSources.mariaDb() ? "shop" : "public", table);
            MappedTable mapped = mapped(snapshot, id, policies);
            return snapshot.extract(
                    Selection.all(mapped), new ExtractSettings("~null", Codec.ZSTD, 1 << 20, policies), parts);
        }
    }

    private static MappedTable mapped(Snapshot snapshot, TableId id, Set<Policy> policies) throws SQLException {
        return TypeMapping.of(snapshot.catalog().table(id).orElseThrow(), policies);
    }

    private static void mysql(String table, String columns, String... rows) throws SQLException {
        create(SharedSources.mariaDb(), "SET sql_mode = 'ALLOW_INVALID_DATES'", table, columns, rows);
    }

    private static void postgres(String table, String columns, String... rows) throws SQLException {
        create(SharedSources.postgres(), "SET TimeZone = 'UTC'", table, columns, rows);
    }

    private static void create(SourceDatabase database, String first, String table, String columns, String... rows)
            throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(first);
            statement.execute("CREATE TABLE " + table + " (" + columns + ")");
            for (String row : rows) {
                statement.execute("INSERT INTO " + table + " VALUES (" + row + ")");
            }
        }
    }
}
