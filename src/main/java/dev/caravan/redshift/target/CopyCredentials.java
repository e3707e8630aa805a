package dev.caravan.redshift.target;

/** With what a cluster reads the files in S3. */
public enum CopyCredentials {
    /** The feed's {@code iamRole}. */
    ROLE,
    /** The keys that Caravan itself has at that moment. */
    SESSION,
    /** The feed's {@code accessKeyId} and {@code secretAccessKey}. */
    KEYS
}
