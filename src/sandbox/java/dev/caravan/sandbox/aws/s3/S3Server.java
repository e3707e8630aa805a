package dev.caravan.sandbox.aws.s3;

import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;

/** S3: S3Proxy, in memory or in a folder, plus the event notifications that it lacks. Any credentials will do. */
public final class S3Server implements AutoCloseable {
    private final S3Proxy proxy;

    public S3Server(int port, Optional<Path> folder, S3Notifications notifications) throws Exception {
        BlobStore objects = new AnyKeyBlobStore(folder.<BlobStore>map(f -> new FilesystemNio2BlobStore(f.toString()))
                .orElseGet(TransientNio2BlobStore::new));
        proxy = S3Proxy.builder()
                .blobStore(new NotifyingBlobStore(objects, notifications))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.NONE, "", "")
                .virtualHost("localhost")
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        Server jetty = jettyOf(proxy);
        jetty.setHandler(new NotificationApi(jetty.getHandler(), notifications, bucket -> exists(objects, bucket)));
        proxy.start();
    }

    // By reflection because S3Proxy has no public way to put a handler before its own, and answers ?notification with
    // 501 before
    // it asks its store.
    private static Server jettyOf(S3Proxy proxy) throws ReflectiveOperationException {
        Field server = S3Proxy.class.getDeclaredField("server");
        server.setAccessible(true);
        return (Server) server.get(proxy);
    }

    private static boolean exists(BlobStore objects, String bucket) {
        try {
            objects.headBucket(HeadBucketRequest.builder().bucket(bucket).build());
            return true;
        } catch (AwsServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3 doesn't stop", e);
        }
    }
}
