package dev.caravan.sandbox.redshift.copy.s3;

import dev.caravan.sandbox.parts.Account;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What COPY and UNLOAD need of S3, with S3's failures in Redshift's words. */
public final class S3Objects {
    private final S3Client s3;
    private final boolean elsewhere;

    public S3Objects(S3Client s3) {
        this(s3, false);
    }

    private S3Objects(S3Client s3, boolean elsewhere) {
        this.s3 = s3;
        this.elsewhere = elsewhere;
    }

    /** As who asks another Region than the buckets' own sees them. */
    public S3Objects in(Optional<String> region) {
        return new S3Objects(s3, !region.orElse(Account.REGION).equals(Account.REGION));
    }

    public ResponseInputStream<GetObjectResponse> open(S3Url url) throws ServerError {
        if (elsewhere) {
            throw BoxedError.elsewhere(url.toString());
        }
        try {
            return s3.getObject(r -> r.bucket(url.bucket()).key(url.key()));
        } catch (S3Exception e) {
            throw failure(e, url);
        } catch (SdkClientException e) {
            throw BoxedError.reading("S3 is not reachable: " + e.getMessage(), 8001, url.toString());
        }
    }

    public List<S3Url> list(S3Url prefix) throws ServerError {
        if (elsewhere) {
            throw BoxedError.elsewhere(prefix.toString());
        }
        try {
            return s3.listObjectsV2Paginator(r -> r.bucket(prefix.bucket()).prefix(prefix.key())).contents().stream()
                    .map(S3Object::key)
                    .map(key -> new S3Url(prefix.bucket(), key))
                    .toList();
        } catch (S3Exception e) {
            throw failure(e, prefix);
        } catch (SdkClientException e) {
            throw BoxedError.of("S3 is not reachable: " + e.getMessage(), 8001, "S3 prefix : " + prefix);
        }
    }

    public boolean has(S3Url url) throws ServerError {
        try {
            s3.headObject(r -> r.bucket(url.bucket()).key(url.key()));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        } catch (S3Exception e) {
            throw failure(e, url);
        } catch (SdkClientException e) {
            throw BoxedError.reading("S3 is not reachable: " + e.getMessage(), 8001, url.toString());
        }
    }

    /**
     * Writes an object, with S3's own encryption if there is no key ("UNLOAD automatically creates encrypted files using Amazon S3 server-side
     * encryption").
     */
    public void put(S3Url url, RequestBody body, Optional<String> kmsKey) throws ServerError {
        if (elsewhere) {
            throw BoxedError.elsewhere(url.toString());
        }
        try {
            s3.putObject(
                    r -> {
                        r.bucket(url.bucket()).key(url.key()).serverSideEncryption(ServerSideEncryption.AES256);
                        kmsKey.ifPresent(key -> r.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsKeyId(key));
                    },
                    body);
        } catch (S3Exception e) {
            throw failure(e, url);
        } catch (SdkClientException e) {
            throw BoxedError.of("S3 is not reachable: " + e.getMessage(), 8001, url.toString());
        }
    }

    public void delete(S3Url url) throws ServerError {
        try {
            s3.deleteObject(r -> r.bucket(url.bucket()).key(url.key()));
        } catch (S3Exception e) {
            throw failure(e, url);
        } catch (SdkClientException e) {
            throw BoxedError.of("S3 is not reachable: " + e.getMessage(), 8001, url.toString());
        }
    }

    public static boolean isMissingKey(ServerError error) {
        return error.text().contains("Error NoSuchKey");
    }

    private static ServerError failure(S3Exception e, S3Url url) {
        boolean noDetails = e.awsErrorDetails() == null;
        String code = noDetails ? "Unknown" : String.valueOf(e.awsErrorDetails().errorCode());
        String text =
                noDetails ? String.valueOf(e.getMessage()) : e.awsErrorDetails().errorMessage();
        if (code.equals("NoSuchKey")) {
            text = "The specified key does not exist.";
        }
        return BoxedError.s3(text, e.statusCode(), code, url.toString());
    }
}
