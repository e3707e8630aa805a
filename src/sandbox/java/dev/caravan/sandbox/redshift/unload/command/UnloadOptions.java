package dev.caravan.sandbox.redshift.unload.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How UNLOAD writes its files.
 *
 * @param nullAs empty: a zero-length string
 * @param partitionBy columns, in the order of the folders; empty for none
 * @param maxFileSize in bytes
 * @param rowGroupSize of Parquet, in bytes
 * @param region where the bucket is said to be; empty for the cluster's own
 * @param extension instead of the format's and the compression's own, without a dot before it
 * @param kmsKey with which S3 is to encrypt; empty for S3's own
 */
public record UnloadOptions(
        UnloadFormat format,
        UnloadCompression compression,
        char delimiter,
        Optional<String> nullAs,
        List<String> partitionBy,
        long maxFileSize,
        int rowGroupSize,
        Optional<String> region,
        Optional<String> extension,
        Optional<String> kmsKey,
        Set<UnloadFlag> flags) {

    public boolean has(UnloadFlag flag) {
        return flags.contains(flag);
    }

    public boolean isPartitioned() {
        return !partitionBy.isEmpty();
    }

    /**
     * The end of a file's name. With EXTENSION nothing else is appended: "if you use a compression … you still have to specify .gz", as AWS's example
     * {@code extension 'txt.gz' gzip} does.
     */
    public String suffix() {
        return extension
                .map(own -> "." + own)
                .orElse(format == UnloadFormat.PARQUET ? ".parquet" : compression.suffix());
    }
}
