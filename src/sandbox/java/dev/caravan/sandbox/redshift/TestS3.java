package dev.caravan.sandbox.redshift;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 in memory with one bucket, for these tests. */
final class TestS3 implements AutoCloseable {
    static final String BUCKET = "landing";

    private final S3Proxy proxy;
    private final S3Client client;

    TestS3() {
        try {
            proxy = S3Proxy.builder()
                    .blobStore(new TransientNio2BlobStore())
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.NONE, "", "")
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy doesn't start", e);
        }
        client = S3Client.builder()
                .endpointOverride(URI.create("http://localhost:" + proxy.getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .forcePathStyle(true)
                .build();
        client.createBucket(r -> r.bucket(BUCKET));
    }

    S3Client client() {
        return client;
    }

    /** The object's URL. */
    String put(String key, byte[] body) {
        client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(body));
        return url(key);
    }

    String put(String key, String body) {
        return put(key, body.getBytes(StandardCharsets.UTF_8));
    }

    static String url(String key) {
        return "s3://" + BUCKET + "/" + key;
    }

    @Override
    public void close() {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy doesn't stop", e);
        }
    }
}
