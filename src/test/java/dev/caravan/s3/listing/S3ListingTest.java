package dev.caravan.s3.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.s3.event.ObjectCreated;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that keeps versions, which the sandbox's S3 doesn't: answers as in S3's API reference, read by the real client. */
class S3ListingTest {
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final S3Client s3 = S3Client.builder()
            .endpointOverride(
                    URI.create("http://localhost:" + server.getAddress().getPort()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .forcePathStyle(true)
            .build();

    S3ListingTest() throws IOException {}

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            asked.add(query);
            byte[] body = answers.entrySet().stream()
                    .filter(answer -> query.contains(answer.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 403 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        s3.close();
        server.stop(0);
    }

    @Test
    void ofEveryObjectTheLatestVersionIsListed_asS3sEventsNameIt() {
        answers.put("versioning", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>");
        answers.put("key-marker", versions("false", version("in/c.csv", "v4", true, "GLACIER")));
        answers.put(
                "versions",
                versions(
                        "true</IsTruncated><NextKeyMarker>in/b.csv</NextKeyMarker><NextVersionIdMarker>v1</NextVersionIdMarker><IsTruncated>true",
                        version("in/a+b%2B%C3%BC.csv", "v3", true, "STANDARD")
                                + version("in/a+b%2B%C3%BC.csv", "v2", false, "STANDARD")
                                + "<DeleteMarker><Key>in/b.csv</Key><VersionId>v9</VersionId><IsLatest>true</IsLatest></DeleteMarker>"
                                + version("in/b.csv", "v1", false, "STANDARD")
                                + version("in/old.csv", "null", true, "GLACIER_IR")));
        List<ListedObject> listed = new S3Listing(s3).objects("bucket", "in/").toList();
        assertThat(listed)
                .containsExactly(
                        new ListedObject(object("in/a b+ü.csv", "v3"), false),
                        new ListedObject(object("in/old.csv", "e1"), false),
                        new ListedObject(object("in/c.csv", "v4"), true));
        assertThat(asked).last().asString().contains("key-marker=in%2Fb.csv").contains("version-id-marker=v1");
    }

    @Test
    void whatS3DoesntAllowIsSaid() {
        assertThatThrownBy(() -> new S3Listing(s3).objects("bucket", "in/"))
                .isInstanceOf(AwsRefused.class)
                .hasMessageStartingWith("can't ask whether bucket bucket keeps versions: S3 says: ")
                .hasNoCause();
    }

    private static ObjectCreated object(String key, String version) {
        return new ObjectCreated("bucket", key, version, 7, Instant.parse("2026-11-21T09:00:00Z"));
    }

    private static String versions(String truncated, String entries) {
        return "<ListVersionsResult><EncodingType>url</EncodingType><IsTruncated>" + truncated + "</IsTruncated>"
                + entries + "</ListVersionsResult>";
    }

    private static String version(String key, String id, boolean latest, String storageClass) {
        return "<Version><Key>" + key + "</Key><VersionId>" + id + "</VersionId><IsLatest>" + latest
                + "</IsLatest><LastModified>2026-11-21T09:00:00.000Z</LastModified><ETag>&quot;e1&quot;</ETag>"
                + "<Size>7</Size><StorageClass>" + storageClass + "</StorageClass></Version>";
    }
}
