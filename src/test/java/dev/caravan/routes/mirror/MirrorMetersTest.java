package dev.caravan.routes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.routes.Scrape;
import dev.caravan.sandbox.parts.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MirrorMetersTest extends MirroringTest {
    private static final Pattern OF_MIRRORS = Pattern.compile("\\bcaravan_mirror_\\w+");

    @Test
    void whatRunsChangeAndHowFreshAMirrorIs_isTold_asTheDocsSay_andTheAlertsUseNoOthers() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (id BIGINT, name VARCHAR(40))");
        cluster.run("INSERT INTO " + schema + ".companies VALUES (1, 'Ant'), (2, 'Bee')");
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, name text)");
        int port = FreePort.pick();
        launch(pipeline()
                .with("camel.management.enabled", "true")
                .with("camel.management.jolokiaEnabled", "false")
                .with("caravan.console.port", Integer.toString(port)));
        good(run());
        String companies = "mirror=\"" + name + "\"";
        await().until(() ->
                Scrape.of(port).value("caravan_mirror_age_seconds", companies).isPresent());

        Scrape scrape = Scrape.of(port);
        assertThat(scrape.value("caravan_mirror_age_seconds", companies).orElseThrow())
                .isBetween(0.0, 120.0);
        assertThat(scrape.value("caravan_mirror_rows_total", companies, "change=\"inserted\""))
                .hasValue(2);
        assertThat(scrape.value("caravan_mirror_rows_total", companies, "change=\"deleted\""))
                .hasValue(0);
        assertThat(scrape.value("caravan_mirror_runs_total", companies, "status=\"complete\""))
                .hasValue(1);
        Set<String> ours = scrape.names().stream()
                .filter(name -> name.startsWith("caravan_mirror_"))
                .collect(Collectors.toSet());
        assertThat(named("docs/reference/metrics.md")).isEqualTo(ours);
        assertThat(named("src/monitoring/alerts.yaml")).isNotEmpty().isSubsetOf(ours);
    }

    private static Set<String> named(String file) throws Exception {
        return OF_MIRRORS
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
