package dev.caravan.operate.steer;

import java.util.List;

/** What a person wanted can't be done. The message is for that person: what is wrong and what to do. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String words) {
        super(words, null, false, false);
    }

    /** {@code cluster a}, or {@code clusters a, b}. */
    static String clusters(List<String> names) {
        return (names.size() == 1 ? "cluster " : "clusters ") + String.join(", ", names);
    }

    /** The words. */
    public String inWords() {
        return String.valueOf(getMessage());
    }
}
