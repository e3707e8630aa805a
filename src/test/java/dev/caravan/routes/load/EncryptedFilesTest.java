package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.LogOf;
import dev.caravan.routes.LoadingTest;
import dev.caravan.sandbox.SharedSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Files that their writer encrypted are loaded, and their key is shown nowhere, whether the load succeeds or not. */
class EncryptedFilesTest extends LoadingTest {
    private static final String KEY = "the key of our files, 256 bits!!";
    private static final String MASTER_KEY = new EncryptedObjects(KEY).masterKey();

    @Test
    void encryptedFilesAreLoaded_andTheKeyIsInNoLogMessageItemOrManifest() throws Exception {
        Configurator.setLevel("org.apache.camel.component", Level.TRACE);
        shippedLevels().forEach(Configurator::setLevel);
        try (LogOf log = LogOf.everything()) {
            start("masterSymmetricKey", MASTER_KEY, "batchSize", "1", "onBadFile", "fail");
            encrypt("web/good.csv", "1,a\n");
            JsonNode loaded = messages(landing.loadedQueueUrl(), 1).get(0);
            put("web/plain.csv", "2,b\n");
            JsonNode plain = messages(landing.failedQueueUrl(), 1).get(0);
            cluster.run("DROP TABLE public." + table);
            encrypt("web/more.csv", "3,c\n");
            JsonNode refused = messages(landing.failedQueueUrl(), 1).get(0);
            cluster.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(200))");

            assertThat(plain.path("error").asText()).contains("not client-side encrypted");
            assertThat(List.of(loaded.toString(), plain.toString(), refused.toString()))
                    .noneMatch(text -> text.contains(MASTER_KEY));
            assertThat(log.lines("Batch ")).isNotEmpty();
            assertThat(log.lines(MASTER_KEY)).isEmpty();
        } finally {
            Configurator.reconfigure();
        }
        assertThat(items()).isNotEmpty().noneMatch(item -> item.contains(MASTER_KEY));
        assertThat(manifests()).hasSizeGreaterThanOrEqualTo(3).noneMatch(text -> text.contains(MASTER_KEY));
    }

    /** Those that a root at TRACE doesn't change. */
    private static Map<String, Level> shippedLevels() throws IOException {
        Properties shipped = new Properties();
        try (InputStream in =
                Objects.requireNonNull(EncryptedFilesTest.class.getResourceAsStream("/log4j2.properties"))) {
            shipped.load(in);
        }
        return shipped.stringPropertyNames().stream()
                .filter(key -> key.matches("logger\\.\\w+\\.name"))
                .collect(Collectors.toMap(
                        shipped::getProperty,
                        key -> Level.valueOf(shipped.getProperty(key.replace(".name", ".level")))));
    }

    private static List<String> items() {
        DynamoDbClient dynamoDb = SharedSandbox.get().dynamoDb();
        return dynamoDb.listTables().tableNames().stream()
                .flatMap(name -> dynamoDb.scanPaginator(r -> r.tableName(name)).items().stream())
                .map(Map::toString)
                .toList();
    }

    private List<String> manifests() {
        S3Client s3 = SharedSandbox.get().s3();
        return s3.listObjectsV2(r -> r.bucket(landing.manifestBucket())).contents().stream()
                .map(object -> s3.getObjectAsBytes(
                                r -> r.bucket(landing.manifestBucket()).key(object.key()))
                        .asUtf8String())
                .toList();
    }

    private void encrypt(String key, String content) throws GeneralSecurityException {
        new EncryptedObjects(KEY).put(SharedSandbox.get().s3(), landing.bucket(), key, content);
    }
}
