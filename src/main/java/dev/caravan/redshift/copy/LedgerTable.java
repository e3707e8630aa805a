package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of the ledger table that belongs to a target table. */
final class LedgerTable {
    private static final int LONGEST = 127;

    private LedgerTable() {}

    /**
     * {@code public.web_log} for {@code public.web_log} and for {@code web_log}: a target has one ledger table however a feed writes its name. (If the
     * search path leads elsewhere, two targets share one: their loads take turns, no more.) A name above Redshift's 127 bytes is cut and
     * ends in its hash.
     */
    static String name(TableName target) {
        return limited(whole(target));
    }

    /** The name of the table beside it that keeps runs' progress: no target's ledger table begins so, for no schema has a colon unless somebody wants it. */
    static String progress(TableName target) {
        return limited("progress:" + whole(target));
    }

    private static String whole(TableName target) {
        return target.parts().size() == 1 ? "public." + target.parts().get(0) : String.join(".", target.parts());
    }

    private static String limited(String name) {
        if (bytes(name) <= LONGEST) {
            return name;
        }
        String hash = "." + hash(name);
        int end = name.length();
        while (bytes(name.substring(0, end)) + hash.length() > LONGEST) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + hash;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
