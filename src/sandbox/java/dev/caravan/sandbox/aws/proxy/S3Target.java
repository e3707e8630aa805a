package dev.caravan.sandbox.aws.proxy;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.HttpRequest;

/**
 * What an S3 request does, and with what: S3 says it with the method, the path and the names of the query's parameters.
 *
 * @param path decoded, {@code /bucket/key}
 */
record S3Target(String operation, String path) {
    private static final String VIRTUAL_HOST = ".localhost";

    static S3Target of(HttpRequest request) {
        String[] uri = request.getRequestLine().getUri().split("\\?", 2);
        Set<String> query = Arrays.stream(uri.length > 1 ? uri[1].split("&") : new String[0])
                .map(parameter -> parameter.split("=", 2)[0])
                .collect(Collectors.toSet());
        String host = AwsRequest.header(request, "Host").orElse("").replaceFirst(":\\d+$", "");
        String bucket =
                host.endsWith(VIRTUAL_HOST) ? "/" + host.substring(0, host.length() - VIRTUAL_HOST.length()) : "";
        String path = bucket + AwsRequest.decoded(uri[0].replace("+", "%2B"));
        String method = request.getRequestLine().getMethod();
        int keyAt = path.indexOf('/', 1) + 1;
        if (path.equals("/")) {
            return new S3Target("ListBuckets", path);
        }
        boolean copies = AwsRequest.header(request, "x-amz-copy-source").isPresent();
        return new S3Target(
                keyAt > 0 && keyAt < path.length() ? onObject(method, query, copies) : onBucket(method, query), path);
    }

    private static String onObject(String method, Set<String> query, boolean copies) {
        return switch (method) {
            case "PUT" -> query.contains("partNumber") ? "UploadPart" : copies ? "CopyObject" : "PutObject";
            case "GET" -> query.contains("uploadId") ? "ListParts" : "GetObject";
            case "HEAD" -> "HeadObject";
            case "DELETE" ->
                query.contains("uploadId")
                        ? "AbortMultipartUpload"
                        : query.contains("versionId") ? "DeleteObjectVersion" : "DeleteObject";
            case "POST" -> query.contains("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
            default -> method;
        };
    }

    private static String read(Set<String> query) {
        return Stream.of("list-type", "versions", "versioning", "encryption", "location")
                .filter(query::contains)
                .map(parameter -> switch (parameter) {
                    case "list-type" -> "ListObjectsV2";
                    case "versions" -> "ListObjectVersions";
                    case "versioning" -> "GetBucketVersioning";
                    case "encryption" -> "GetBucketEncryption";
                    default -> "GetBucketLocation";
                })
                .findFirst()
                .orElse("ListObjects");
    }

    private static String onBucket(String method, Set<String> query) {
        boolean notification = query.contains("notification");
        return switch (method) {
            case "PUT" -> notification ? "PutBucketNotificationConfiguration" : "CreateBucket";
            case "GET" -> notification ? "GetBucketNotificationConfiguration" : read(query);
            case "HEAD" -> "HeadBucket";
            case "DELETE" -> "DeleteBucket";
            case "POST" -> "DeleteObjects";
            default -> method;
        };
    }
}
