package dev.caravan.operate.setup;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.SQLException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One thing that Caravan needs, as it stands.
 *
 * @param kind what is to be done
 * @param words what it is about, and why it can't be done if it can't
 * @param action does it; empty if there is nothing to do, or nothing that may be done here
 */
public record Step(Kind kind, String words, Optional<Action> action) {

    /** What is to be done. */
    public enum Kind {
        CREATE("+ create"),
        CHANGE("~ change"),
        THERE("= there "),
        /** A person has to do it, or decide. */
        BLOCKED("! can't ");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /** Does a step. */
    @FunctionalInterface
    public interface Action {
        /** Throws whatever keeps it from being done. */
        void run() throws Exception;
    }

    static Step create(String words, Action action) {
        return new Step(Kind.CREATE, words, Optional.of(action));
    }

    static Step change(String words, Action action) {
        return new Step(Kind.CHANGE, words, Optional.of(action));
    }

    static Step there(String words) {
        return new Step(Kind.THERE, words, Optional.empty());
    }

    static Step blocked(String words) {
        return new Step(Kind.BLOCKED, words, Optional.empty());
    }

    /** Why a step, or the look before it, failed. */
    public static String why(Exception e) {
        if (e instanceof SdkException sdk) {
            return AwsProblem.inWords("AWS", sdk);
        }
        return e instanceof SQLException ? CopyFailure.of(e).problem() : String.valueOf(e.getMessage());
    }

    /** One line: {@code + create queue caravan-events}. */
    @Override
    public String toString() {
        return kind.sign + " " + words;
    }
}
