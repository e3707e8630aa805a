package dev.caravan.sandbox.bench.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.PostgresDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorRunTest {
    @Test
    void eachWayLeadsToTheSameRows_andItsFiguresAreTold() {
        List<String> said = new ArrayList<>();

        String table = new MirrorRun(
                        PostgresDatabase.beside(SharedSandbox.get().redshift(), "bench"), 2_000, 100, 1, said::add)
                .run();

        assertThat(said).hasSize(10);
        assertThat(table)
                .startsWith("2,000 rows of 12 columns")
                .contains("47 new, 48 changed, 5 deleted")
                .containsPattern("difference +before one +\\d+\\.\\d\\d +\\d+\\.\\d +\\d+\\.\\d")
                .containsPattern("batched upserts +after a CHECKPOINT +\\d")
                .containsPattern("TRUNCATE \\+ COPY +after a CHECKPOINT +\\d");
    }
}
