package dev.caravan.sandbox.chaos.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a producer writes into keys and values who wants more than to have a file loaded: words that clusters and services use when something is wrong,
 * and characters that shells, terminals and parsers obey. All of it has to be data.
 */
final class HostileWords {
    private static final int LONGEST = 900;

    private static final List<String> OF_CLUSTERS = List.of(
            "maintenance mode",
            "resize mode",
            "ONLY read-only queries",
            "already loaded: x",
            "caravan: already loaded",
            "NoSuchKey",
            "NoSuchBucket",
            "The specified key does not exist.,Status 404,Error NoSuchKey",
            "AccessDenied",
            "Status 403,Error AccessDenied",
            "Status 503,Error SlowDown",
            "InternalError,Status 500",
            "S3ServiceException:Access Denied",
            "S3CurlException",
            "ExpiredToken",
            "InvalidAccessKeyId",
            "not authorized to assume role",
            "problem reading manifest file",
            "mandatory url is not present",
            "ThrottlingException",
            "endpoint doesn't exist",
            "1023 serializable isolation violation",
            "disk full",
            "code: 15007 Spectrum Scan Error",
            "load into table 'x' failed. Check 'stl_load_errors'",
            "permission denied for relation x",
            "concurrent transaction",
            "57P01 terminating connection",
            "SQLSTATE 53300");

    private static final List<String> OF_SHELLS_AND_TERMINALS = List.of(
            "it's'; touch owned; '",
            "\"$(touch owned)`touch owned`",
            "\u001b]0;title\u0007\u001b[2J",
            "\u009b31m\u202egnp",
            "\n2026-01-01 00:00:00.000 ERROR forged",
            "${body} #{x} {{caravan.queue}} %m {}",
            "a/../b//c/./d",
            "100% %0A %2F +",
            "--yes",
            "\\N,\\.",
            "イベント 👩‍👧",
            "x".repeat(LONGEST));

    private HostileWords() {}

    static List<String> all() {
        List<String> all = new ArrayList<>(OF_CLUSTERS);
        all.addAll(OF_SHELLS_AND_TERMINALS);
        return all;
    }

    static String any(Random random) {
        List<String> all = all();
        return all.get(random.nextInt(all.size()));
    }
}
