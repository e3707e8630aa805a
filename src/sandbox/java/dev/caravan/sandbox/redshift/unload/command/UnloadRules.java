package dev.caravan.sandbox.redshift.unload.command;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.List;
import java.util.Set;

/**
 * Which parameters don't go together ("UNLOAD", under each of them). AWS gives no texts of these errors; these have the form of COPY's.
 */
final class UnloadRules {
    private static final Set<String> FORMATS = Set.of("CSV", "PARQUET", "JSON");
    private static final Set<String> COMPRESSIONS = Set.of("GZIP", "BZIP2", "ZSTD");
    private static final Set<String> NOT_CSV = Set.of("FIXEDWIDTH", "ESCAPE", "ADDQUOTES");
    private static final Set<String> NOT_JSON =
            Set.of("DELIMITER", "HEADER", "FIXEDWIDTH", "ADDQUOTES", "ESCAPE", "NULL");
    private static final Set<String> NOT_PARQUET =
            Set.of("DELIMITER", "FIXEDWIDTH", "ADDQUOTES", "ESCAPE", "NULL", "HEADER", "GZIP", "BZIP2", "ZSTD");
    private static final List<Set<String>> APART = List.of(
            Set.of("FIXEDWIDTH", "DELIMITER"),
            Set.of("FIXEDWIDTH", "HEADER"),
            Set.of("CLEANPATH", "ALLOWOVERWRITE"),
            Set.of("KMS_KEY_ID", "CREDENTIALS"),
            Set.of("KMS_KEY_ID", "AUTO"),
            Set.of("MASTER_SYMMETRIC_KEY", "AUTO"),
            Set.of("MASTER_SYMMETRIC_KEY", "CREDENTIALS"),
            Set.of("MASTER_SYMMETRIC_KEY", "KMS_KEY_ID"),
            Set.of("IAM_ROLE", "ACCESS_KEY_ID"),
            Set.of("IAM_ROLE", "CREDENTIALS"),
            Set.of("CREDENTIALS", "ACCESS_KEY_ID"));

    private UnloadRules() {}

    /** @param written the parameters of the statement, in upper case */
    static void check(UnloadFormat format, Set<String> written) throws ServerError {
        if (count(written, FORMATS) > 1
                || count(written, COMPRESSIONS) > 1
                || (written.contains("FORMAT") && count(written, FORMATS) == 0)) {
            throw conflicting();
        }
        Set<String> refused = switch (format) {
            case CSV -> NOT_CSV;
            case JSON -> NOT_JSON;
            case PARQUET -> NOT_PARQUET;
            case TEXT -> Set.of();
        };
        for (String parameter : written) {
            if (refused.contains(parameter) || (parameter.equals("ROWGROUPSIZE") && format != UnloadFormat.PARQUET)) {
                throw ServerError.of("0A000", parameter + " argument is not supported for " + format + " based UNLOAD");
            }
        }
        for (Set<String> two : APART) {
            if (written.containsAll(two)) {
                String names = String.join(" and ", two.stream().sorted().toList());
                throw ServerError.of("42601", names + " can't be specified together");
            }
        }
        checkEncryption(written);
        if (written.contains("FIXEDWIDTH")) {
            throw ServerError.of("0A000", "UNLOAD parameter FIXEDWIDTH is not supported by the sandbox's Redshift");
        }
    }

    /** "If you specify KMS_KEY_ID, you must specify the ENCRYPTED parameter also"; client-side encryption has ended in April 2026. */
    private static void checkEncryption(Set<String> written) throws ServerError {
        if (written.contains("MASTER_SYMMETRIC_KEY")) {
            throw ServerError.of("0A000", "UNLOAD with client-side encryption (MASTER_SYMMETRIC_KEY) has ended");
        }
        boolean key = written.contains("KMS_KEY_ID");
        if (written.contains("ENCRYPTED") != (key || written.contains("AUTO"))) {
            throw ServerError.of("42601", "ENCRYPTED needs AUTO or KMS_KEY_ID, and KMS_KEY_ID needs ENCRYPTED");
        }
    }

    static ServerError conflicting() {
        return ServerError.of("42601", "conflicting or redundant options");
    }

    private static long count(Set<String> written, Set<String> of) {
        return written.stream().filter(of::contains).count();
    }
}
