package dev.caravan.pipeline.tabletoredshift.extract;

/** Characters that Redshift keeps: those of Unicode that may stand in texts. It changes or refuses others, among them U+FFFE, which PostgreSQL has. */
final class Utf8 {
    private Utf8() {}

    /**
     * Bytes of the character that begins here with a byte above 127.
     *
     * @return 0 if it is none
     */
    static int length(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || end - at < length) {
            return 0;
        }
        int codePoint = first & (0x7F >> length);
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
            codePoint = codePoint << 6 | (bytes[i] & 0x3F);
        }
        return isText(codePoint, length) ? length : 0;
    }

    private static boolean isText(int codePoint, int length) {
        boolean shortest = length == 2 || codePoint >= (length == 3 ? 0x800 : 0x10000);
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        boolean never = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
        return shortest && !surrogate && !never && codePoint <= Character.MAX_CODE_POINT;
    }
}
