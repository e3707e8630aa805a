package dev.caravan.sandbox.redshift.copy.command;

import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Optional;

/** How a COPY or an UNLOAD gets into S3 (Database Developer Guide, "Authorization parameters"). */
public final class Authorization {
    private final String statement;
    private boolean given;
    private Optional<AccessKeys> keys = Optional.empty();

    /** The value of the parameter in hand. */
    @FunctionalInterface
    public interface Value {
        String next() throws ServerError;
    }

    /** @param statement COPY or UNLOAD, for what is said of it */
    public Authorization(String statement) {
        this.statement = statement;
    }

    /** Reads a parameter; false if it is none of these. */
    public boolean take(String word, Value value) throws ServerError {
        switch (word) {
            case "IAM_ROLE" -> {
                value.next();
                given = true;
            }
            case "CREDENTIALS" -> {
                keys = AccessKeys.of(value.next());
                given = true;
            }
            case "ACCESS_KEY_ID" -> {
                keys = Optional.of(new AccessKeys(value.next(), "", Optional.empty()));
                given = true;
            }
            case "SECRET_ACCESS_KEY" -> {
                String secret = value.next();
                keys = keys.map(k -> new AccessKeys(k.id(), secret, k.token()));
            }
            case "SESSION_TOKEN" -> {
                String session = value.next();
                keys = keys.map(k -> new AccessKeys(k.id(), k.secret(), Optional.of(session)));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Fails if there was none. */
    public void check() throws ServerError {
        if (!given) {
            throw ServerError.of(
                    "42601",
                    statement
                            + " requires credentials: specify IAM_ROLE, or ACCESS_KEY_ID and SECRET_ACCESS_KEY, or CREDENTIALS");
        }
    }

    /** The keys; empty if a role is given. */
    public Optional<AccessKeys> keys() {
        return keys;
    }
}
