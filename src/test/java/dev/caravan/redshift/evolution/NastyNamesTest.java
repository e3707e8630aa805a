package dev.caravan.redshift.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.batch.Batch;
import dev.caravan.feed.Feed;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.copy.CopySource;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever a field is called, the column has that very name, and nothing else happens: through the driver and the gateway. */
class NastyNamesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static int tables;

    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());

    @Property(tries = 40)
    void aFieldsNameIsTheColumnsName_andNothingElse(
            @ForAll @Size(min = 1, max = 3)
                    Set<
                                    @Chars({
                                        '\'', '"', '\\', ';', '-', '/', '*', '$', '?', ':', '{', '}', '(', ' ', 'é',
                                        '\n'
                                    })
                                    @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 12) String>
                            names)
            throws Exception {
        String table = "nasty_" + ++tables;
        cluster.run("CREATE TABLE public." + table + " (id INT)");
        Fields fields = new Fields();
        byte[] row = JSON.writeValueAsBytes(names.stream().collect(Collectors.toMap(n -> n, n -> 1)));
        JsonFields.read(new ByteArrayInputStream(row), 0, Long.MAX_VALUE, fields);
        Feed feed = new Feed();
        feed.set("format", "JSON");
        feed.set("iamRole", "default");
        feed.set("table", "public." + table);
        List<AddedColumn> columns = NewColumns.of(
                        feed, new BatchFields(fields, "", List.of()), List.of("id"), List.of("id"))
                .columns();
        assertThat(columns)
                .extracting(AddedColumn::column)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().filter(name -> !name.contains("\n")).toList());
        Batch batch = Batch.fresh("web-1", "web", "web", Batch.SHARED, Instant.EPOCH, Instant.EPOCH);
        String load = new CopyStatement("caravan")
                .load(feed, batch, new CopySource("s3://m/1", List.of("id"), columns, List.of()), List.of());
        if (!columns.isEmpty()) {
            cluster.run(load.substring(load.indexOf("ALTER"), load.indexOf(";\nCOPY")));
        }
        List<String> expected = new ArrayList<>(List.of("id"));
        columns.forEach(column -> expected.add(column.column()));
        assertThat(cluster.column("SELECT attname FROM pg_attribute WHERE attnum > 0 AND attrelid = 'public." + table
                        + "'::regclass ORDER BY attnum"))
                .isEqualTo(expected);
        assertThat(Map.of("rows", cluster.count("public." + table))).containsEntry("rows", 0L);
    }
}
