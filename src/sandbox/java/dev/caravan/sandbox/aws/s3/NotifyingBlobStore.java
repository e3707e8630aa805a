package dev.caravan.sandbox.aws.s3;

import com.google.common.io.CountingInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Reports every object that a client creates, whichever client and whichever way. (S3Proxy refuses form uploads, S3's Post.) */
final class NotifyingBlobStore extends ForwardingBlobStore {
    /** S3Proxy's own bookkeeping; it refuses such keys from clients. */
    private static final String MULTIPART_STUB = ".s3proxy-mpu-stub-";

    private final S3Notifications notifications;

    NotifyingBlobStore(BlobStore store, S3Notifications notifications) {
        super(store);
        this.notifications = notifications;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        CountingInputStream counted = new CountingInputStream(body);
        PutObjectResponse response = super.putBlob(request, counted);
        if (!request.key().startsWith(MULTIPART_STUB)) {
            report("Put", request.bucket(), request.key(), counted.getCount(), response.eTag(), response.versionId());
        }
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = super.copyBlob(request);
        String bucket = request.destinationBucket();
        String key = request.destinationKey();
        report(
                "Copy",
                bucket,
                key,
                size(bucket, key),
                response.copyObjectResult().eTag(),
                response.versionId());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
        String bucket = upload.containerName();
        String key = upload.blobName();
        report("CompleteMultipartUpload", bucket, key, size(bucket, key), response.eTag(), response.versionId());
        return response;
    }

    @Override
    public void deleteContainer(String bucket) {
        super.deleteContainer(bucket);
        notifications.forget(bucket);
    }

    @Override
    public void deleteBucket(String bucket) {
        super.deleteBucket(bucket);
        notifications.forget(bucket);
    }

    private long size(String bucket, String key) {
        return delegate()
                .blobMetadata(
                        HeadObjectRequest.builder().bucket(bucket).key(key).build())
                .contentLength();
    }

    private void report(String how, String bucket, String key, long size, String eTag, @Nullable String versionId) {
        notifications.created(new ObjectCreated(
                "ObjectCreated:" + how, bucket, key, size, eTag.replace("\"", ""), Optional.ofNullable(versionId)));
    }
}
