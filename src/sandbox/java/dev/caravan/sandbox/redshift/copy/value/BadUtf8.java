package dev.caravan.sandbox.redshift.copy.value;

/** Why COPY refuses a sequence of bytes in a VARCHAR: the numbers of "Multibyte character load errors". */
final class BadUtf8 {
    private static final int TOO_LONG = 1;
    private static final int INCOMPLETE = 2;
    private static final int NO_START = 3;
    private static final int BAD_TRAILING = 4;
    private static final int SURROGATE = 5;
    private static final int BEYOND = 8;
    private static final int NO_CODE_POINT = 9;

    private BadUtf8() {}

    /**
     * The number of what is wrong.
     *
     * @param end of the string
     */
    static int number(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC0 || first >= 0xFE) {
            return NO_START;
        }
        if (first >= 0xF8) {
            return TOO_LONG;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        for (int i = at + 1; i < at + length; i++) {
            if (i >= end) {
                return INCOMPLETE;
            }
            if ((bytes[i] & 0xC0) != 0x80) {
                return BAD_TRAILING;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        if (first == 0xED && second >= 0xA0) {
            return SURROGATE;
        }
        return first > 0xF4 || (first == 0xF4 && second >= 0x90) ? BEYOND : NO_CODE_POINT;
    }

    /** Whether three or four bytes are a character that Unicode has for no text: "COPY operations don't return an error if the ACCEPTINVCHARS option is not set". */
    static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }
}
