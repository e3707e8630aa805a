package dev.caravan.redshift.failure;

import java.util.regex.Pattern;

/** Takes secrets out of texts that others wrote, for example a database's message that repeats the statement. */
public final class Secrets {
    private static final String QUOTED = "'(?:[^'\\\\]|\\\\.|'')*+(?:'|\\\\?$)";
    private static final Pattern KEY_VALUE = Pattern.compile(
            "\\b((?:aws_)?(?:access_key_id|secret_access_key|session_token|security_token)|master_symmetric_key|token(?=\\s*[=:])|password|pwd)"
                    + "(\\s*[=:]\\s*|\\s*(?:\\bas\\s*)?(?='))(" + QUOTED + "|\"[^\"]*\"?|[^\\s;&,'\"]+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s/:@]*:)[^\\s@]+@");
    /** 256 bits in Base64, as keys of encrypted files are written. */
    private static final Pattern KEY = Pattern.compile("(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])");

    private static final Pattern ACCESS_KEY = Pattern.compile("\\bA[KS]IA[A-Z0-9]{16}\\b");

    private Secrets() {}

    /** The text with {@code ***} in place of keys, tokens and passwords. Role ARNs stay. */
    public static String scrub(String text) {
        String scrubbed = KEY_VALUE.matcher(text).replaceAll("$1$2***");
        scrubbed = URL_PASSWORD.matcher(scrubbed).replaceAll("$1***@");
        scrubbed = KEY.matcher(scrubbed).replaceAll("***");
        return ACCESS_KEY.matcher(scrubbed).replaceAll("***");
    }
}
