package dev.caravan.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.OperatorSetting;
import dev.caravan.migrate.lambdaloader.LoaderRemains;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** In the AWS loader's tables a blank and a {@code +} are one. Whoever reads them takes the same object for the same file. */
class LoaderSpellingsTest {
    private final Instant later = Instant.now().plus(Duration.ofMinutes(5));
    private final Landing landing = SharedSandbox.landing();
    private final String bucket = landing.bucket();
    private final String prefix = bucket + "/in";
    private final String tables = "spelling-" + bucket + "-";
    private final String ledger = "spelling-" + bucket;
    private final String[] feed = {"prefix", prefix + "/", "table", "public.spelled", "batchTimeout", "1h"};

    @Test
    void anObjectIsLoadedForAuditAndImportAlike() throws Exception {
        SharedSandbox.get().deliverEvents(bucket, EventDelivery.never());
        for (String key : new String[] {"p q", "a b+c", "x y", "x+y", "m n+o", "old b+c d"}) {
            SharedSandbox.get()
                    .s3()
                    .putObject(r -> r.bucket(bucket).key("in/" + key + ".csv"), RequestBody.fromString("1\n"));
        }
        new LoaderRemains(tables, landing.manifestBucket())
                .batch("new", prefix, "complete", later, in("p+q"), in("a+b+c"), in("x+y"))
                .manifest("new", in("p q"), in("a b c"), in("x y"))
                .batch("old", prefix, "complete", later, in("old+b+c+d"))
                .manifest("old", in("old b+c+d"))
                .batch("bare", prefix, "complete", later, in("m+n+o"))
                .processed("new", later, in("p+q"), in("a+b+c"), in("x+y"))
                .processed("old", later, in("old+b+c+d"))
                .processed("bare", later, in("m+n+o"));
        try (OperatorSetting setting = new OperatorSetting(landing, ledger).feed("in", feed);
                Pipeline instance =
                        new Pipeline(landing, ledger).feed("in", feed).start()) {
            assertThat(setting.run("audit", "lambda-loader", "--table-prefix", tables)
                            .out())
                    .filteredOn(line -> line.startsWith("s3://"))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line)
                                    .startsWith("s3://" + in("a b+c") + " ")
                                    .contains("its batch's manifest names s3://" + in("a b c")),
                            line -> assertThat(line).startsWith("s3://" + in("x+y") + " "),
                            line -> assertThat(line).startsWith("s3://" + in("old b+c d") + " "));
            assertThat(setting.run("import", "--from-lambda-loader", "--ledger", "--table-prefix", tables)
                            .out())
                    .containsExactly(
                            "feed in: 3 files noted as loaded; 3 files left: caravan backfill in has them loaded");
            for (String loaded : new String[] {"p q", "x y", "m n+o"}) {
                assertThat(instance.ledger().known("s3://" + in(loaded))).hasSize(1);
            }
        }
    }

    private String in(String name) {
        return prefix + "/" + name + ".csv";
    }
}
