package dev.caravan.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.FileEntry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The same files make the same table, however they are cut into batches, in every write mode; rows with null and half-null keys among them. */
class CutsTest {
    private static final String TABLE = "public.cuts";
    private static final List<String> COLUMNS = List.of("id", "day", "at", "seq", "name");
    private static final RealLoads LOADS = new RealLoads();

    @BeforeContainer
    static void table() throws SQLException {
        LOADS.run("CREATE TABLE " + TABLE + " (id INT, day VARCHAR(9), at INT, seq INT, name VARCHAR(9) NOT NULL)");
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void aTableDependsOnItsFilesAlone(@ForAll long seed) throws IOException, SQLException {
        Random random = new Random(seed);
        for (MergeOf merge : MergeOf.values()) {
            List<MergedRow> before = MergedRow.before(random);
            List<List<MergedRow>> files = MergedRow.files(random, merge.isOrdered());
            List<FileEntry> stored = files.stream()
                    .map(rows -> rows.stream().map(MergedRow::csv).collect(Collectors.joining("\n")))
                    .map(LOADS::file)
                    .toList();
            List<String> expected = merge
                    .expected(before, files.stream().flatMap(List::stream).toList())
                    .stream()
                    .map(MergedRow::csv)
                    .toList();
            for (List<List<FileEntry>> batches : List.of(List.of(stored), cut(stored, random))) {
                LOADS.run("DELETE FROM " + TABLE
                        + before.stream()
                                .map(row -> ";\nINSERT INTO " + TABLE + " VALUES " + row.values())
                                .collect(Collectors.joining()));
                for (List<FileEntry> batch : batches) {
                    LOADS.load(merge.feed(TABLE), COLUMNS, batch);
                }
                assertThat(LOADS.rows("SELECT * FROM " + TABLE))
                        .as("%s of %s into %s, cut into %s", merge, files, before, sizes(batches))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static List<List<FileEntry>> cut(List<FileEntry> files, Random random) {
        List<List<FileEntry>> batches = new ArrayList<>();
        for (FileEntry file : files) {
            if (batches.isEmpty() || random.nextBoolean()) {
                batches.add(new ArrayList<>());
            }
            batches.get(batches.size() - 1).add(file);
        }
        return batches;
    }

    private static List<Integer> sizes(List<List<FileEntry>> batches) {
        return batches.stream().map(List::size).toList();
    }
}
