package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.SourceStatement;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a driver says of a SELECT's columns gives the types, and the values, that the table's own columns have. */
class SelectedTypesTest {
    @Test
    void columnsOfMariaDbAreTheSame() throws Exception {
        TypeBed bed = NoMySqlValueChangesTest.bed();
        SourceDatabase database = SharedSources.mariaDb();
        bed.create(database, "selected.bed", "SET sql_mode = ''", "CREATE DATABASE IF NOT EXISTS selected");
        assertThat(differences(bed, database, new TableId("selected", "bed"), "selected.bed", TypeMapping.DEFAULT))
                .as("wide enough, where the driver says less than the catalog does")
                .containsExactly(
                        "time: VARCHAR(10) -> VARCHAR(17)",
                        "tinytext: VARCHAR(1020) -> VARCHAR(65535)",
                        "inet4: VARCHAR(15) -> VARCHAR(60)",
                        "inet6: VARCHAR(45) -> VARCHAR(156)");
    }

    @Test
    void columnsOfPostgresAreTheSame() throws Exception {
        TypeBed bed = NoPostgresValueChangesTest.bed();
        SourceDatabase database = SharedSources.postgres();
        bed.create(database, "selected_bed", NoPostgresValueChangesTest.BEFORE);
        assertThat(differences(
                        bed,
                        database,
                        new TableId("public", "selected_bed"),
                        "selected_bed",
                        Set.of(Policy.OUT_OF_RANGE_TO_NULL, Policy.EMPTY_BYTES_TO_NULL)))
                .isEmpty();
    }

    /** Types that differ; all values are the same. */
    private static List<String> differences(
            TypeBed bed, SourceDatabase database, TableId id, String table, Set<Policy> policies) throws Exception {
        TypeBed.Result all = bed.extract(database, id, policies);
        TypeBed.Result selected = bed.extract(
                database, id, policies, Optional.of(new SourceStatement(id, "SELECT * FROM " + table, Set.of("id"))));
        assertThat(selected.parts().rows(selected.settings()))
                .containsExactlyInAnyOrderElementsOf(all.parts().rows(all.settings()));
        List<ColumnMapping> one = all.mapped().columns();
        List<ColumnMapping> other = selected.mapped().columns();
        return IntStream.range(0, one.size())
                .filter(i -> !one.get(i).equals(other.get(i)))
                .mapToObj(i -> all.mapped().table().columns().get(i).declared() + ": "
                        + (one.get(i).redshiftType().equals(other.get(i).redshiftType())
                                ? one.get(i) + " -> " + other.get(i)
                                : one.get(i).redshiftType() + " -> "
                                        + other.get(i).redshiftType()))
                .toList();
    }
}
