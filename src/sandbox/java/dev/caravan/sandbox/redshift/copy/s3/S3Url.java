package dev.caravan.sandbox.redshift.copy.s3;

/** {@code s3://bucket/key}; as a prefix the key may be empty. */
public record S3Url(String bucket, String key) {
    private static final String SCHEME = "s3://";

    public static boolean is(String text) {
        return text.startsWith(SCHEME);
    }

    public static S3Url of(String text) {
        String path = text.substring(SCHEME.length());
        int slash = path.indexOf('/');
        return slash < 0 ? new S3Url(path, "") : new S3Url(path.substring(0, slash), path.substring(slash + 1));
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
