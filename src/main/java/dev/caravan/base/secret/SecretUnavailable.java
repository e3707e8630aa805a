package dev.caravan.base.secret;

import org.apache.camel.RuntimeCamelException;

/** A placeholder's secret can't be had. Its message is for a person: which secret, why, what to do; never a part of a secret. */
public final class SecretUnavailable extends RuntimeCamelException {
    private static final long serialVersionUID = 1L;

    SecretUnavailable(String message) {
        super(message);
    }

    /** Its place in the code tells nobody anything. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
