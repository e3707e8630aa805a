package dev.caravan.sandbox.redshift.copy.command;

import java.util.Optional;
import java.util.Set;

/**
 * How COPY reads its files.
 *
 * @param argument for JSON and AVRO {@code auto}, {@code auto ignorecase}, {@code noshred} or the URL of a jsonpaths file; for FIXEDWIDTH the
 *     fields' widths; for other formats unused
 * @param key of files that their writer encrypted, in Base64
 * @param region where the files are said to be; empty for the cluster's own
 * @param replacement stands for each byte of an invalid character under ACCEPTINVCHARS
 * @param maxError with so many bad rows a load fails; 0 as 1
 */
public record CopyOptions(
        Format format,
        String argument,
        Compression compression,
        Optional<String> key,
        Optional<String> region,
        char delimiter,
        char quote,
        String nullAs,
        int ignoreHeader,
        long maxError,
        Encoding encoding,
        char replacement,
        String dateFormat,
        String timeFormat,
        Set<Flag> flags) {

    /** Whether a NUL alone in a field is a NULL. */
    public boolean nulIsNull() {
        return nullAs.equals("\\0") || nullAs.equals("\\000") || nullAs.equals("\0");
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
