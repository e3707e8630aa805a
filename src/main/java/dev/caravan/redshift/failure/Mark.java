package dev.caravan.redshift.failure;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a statement says that is made to fail, so that its failure is known again: a word, a number that nobody who writes files can know, and what the
 * cluster alone can put behind it. A message that repeats the statement has a quote there.
 */
public enum Mark {
    /** The guard's, before the batch's id. */
    LOADED("already loaded"),
    /** A trial's, before the number of rows that it counted. */
    READABLE("readable"),
    /** Of progress that another load has made, before the step that the cluster is at. */
    MOVED("moved on"),
    /** Of a load that copied another number of rows than were read, before that number. */
    OTHER_ROWS("other number of rows"),
    /** Of a load that would delete more rows than it may, before {@code 9 of 10 rows, more than 20 %}. */
    TOO_MANY_DELETES("too many to delete");

    private final String text;

    Mark(String word) {
        text = word + " [" + Nonce.OF_PROCESS + "] ";
    }

    /** Begins with a letter: no cluster can make a number of it. */
    public String text() {
        return text;
    }

    boolean isIn(String message) {
        int at = message.indexOf(text);
        while (at >= 0) {
            int behind = at + text.length();
            if (behind < message.length()
                    && message.charAt(behind) != '\''
                    && !Character.isWhitespace(message.charAt(behind))) {
                return true;
            }
            at = message.indexOf(text, behind);
        }
        return false;
    }

    /** An enum's constants come before its own statics. */
    private static final class Nonce {
        private static final int BYTES = 8;

        static final String OF_PROCESS = random();

        private static String random() {
            byte[] bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    }
}
