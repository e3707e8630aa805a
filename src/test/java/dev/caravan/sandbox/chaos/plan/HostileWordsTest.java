package dev.caravan.sandbox.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** A file whose key says anything at all is a file like any other to the sandbox's S3 and its cluster. */
class HostileWordsTest {
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final ChaosFeed feed = new ChaosFeed("hostile", List.of(ChaosFeed.FIRST), ChaosFeed.Kind.CSV, 5, 1);

    @Test
    void everyKeyCanBePutAndCopied() {
        cluster.run(feed.createTable());
        ObjectNode manifest = JsonMapper.builder().build().createObjectNode();
        var entries = manifest.putArray("entries");
        int number = 0;
        for (String words : HostileWords.all()) {
            PlannedFile file = new PlannedFile(
                    Duration.ZERO, feed, "f" + ++number, words, 1, PlannedFile.Kind.GOOD, Optional.empty());
            put(landing.bucket(), file.key(), new String(file.content(), StandardCharsets.UTF_8));
            entries.addObject().put("url", file.url(landing.bucket())).put("mandatory", true);
        }
        put(landing.manifestBucket(), "hostile.manifest", manifest.toString());
        cluster.run("COPY " + feed.table() + " FROM 's3://" + landing.manifestBucket()
                + "/hostile.manifest' IAM_ROLE default MANIFEST CSV");
        assertThat(cluster.column("SELECT count(*) FROM " + feed.table())).containsExactly("" + number);
    }

    private static void put(String bucket, String key, String content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content));
    }
}
