package dev.caravan.migrate.datapipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.sync.TableSyncConfigurer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Syncs as they are read from what an import writes, rather than as it means them. */
final class WrittenSyncs {
    private static final Map<String, String> DEFAULTS = Map.of(
            "caravan.clusters", "redshift",
            "caravan.iam-role", "default",
            "caravan.copy-credentials", "role",
            "caravan.manifest-prefix", "caravan-manifests/manifests");

    private WrittenSyncs() {}

    static void assertNoFaults(PipelineDraft draft) {
        Map<String, TableSync> syncs = read(DataPipelineImportTest.yaml(draft));
        assertThat(syncs).as("those that don't stand in comments").hasSize((int) draft.draft().feeds().stream()
                .filter(sync -> sync.offBecause().isEmpty())
                .count());
        assertThat(new Syncs(() -> syncs, DEFAULTS).faults()).isEmpty();
        assertThat(draft.sources())
                .filteredOn(source -> !source.url().startsWith("{{"))
                .allSatisfy(source -> assertThatCode(() -> open(source.url()))
                        .as(source.url())
                        .doesNotThrowAnyException());
    }

    /** All beans of a YAML that has no other. */
    static Map<String, TableSync> read(String yaml) {
        Object routes = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        Map<String, TableSync> syncs = new HashMap<>();
        if (!(routes instanceof List<?> list)) {
            return syncs;
        }
        for (Object each : (List<?>) Objects.requireNonNull(((Map<?, ?>) list.get(0)).get("beans"))) {
            Map<?, ?> bean = (Map<?, ?>) each;
            assertThat(bean.get("type")).isEqualTo(TableSync.class.getName());
            Map<String, String> properties = new LinkedHashMap<>();
            ((Map<?, ?>) Objects.requireNonNull(bean.get("properties")))
                    .forEach((name, value) -> properties.put(name.toString(), value.toString()));
            syncs.put(String.valueOf(bean.get("name")), TableSyncConfigurer.sync(properties));
        }
        return syncs;
    }

    private static void open(String url) throws Exception {
        if (url.startsWith("jdbc:mariadb:")) {
            new MariaDbDataSource().setUrl(url);
        } else {
            new PGSimpleDataSource().setUrl(url);
        }
    }
}
