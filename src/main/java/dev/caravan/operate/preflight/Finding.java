package dev.caravan.operate.preflight;

/**
 * The answer to one question.
 *
 * @param verdict how it is
 * @param about what was asked about: {@code queue caravan-events}, {@code web in redshift: columns}
 * @param words what is so; if it isn't good, what to do
 */
public record Finding(Verdict verdict, String about, String words) {

    /** How it is. */
    public enum Verdict {
        OK("ok"),
        /** May be wrong, or can't be told. */
        WARN("warn"),
        FAIL("FAIL"),
        /** Nobody could answer. */
        SKIP("skip");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static Finding ok(String about, String words) {
        return new Finding(Verdict.OK, about, words);
    }

    static Finding warn(String about, String words) {
        return new Finding(Verdict.WARN, about, words);
    }

    static Finding fail(String about, String words) {
        return new Finding(Verdict.FAIL, about, words);
    }

    static Finding skip(String about, String words) {
        return new Finding(Verdict.SKIP, about, words);
    }

    /** One line. */
    @Override
    public String toString() {
        return String.format("%-4s %s: %s", verdict.word(), about, words);
    }
}
