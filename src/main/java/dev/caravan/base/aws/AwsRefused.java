package dev.caravan.base.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** An AWS service didn't do what was asked of it for a person. The message says what was asked, and why it wasn't done. */
public final class AwsRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private AwsRefused(String words) {
        super(words);
    }

    /**
     * Calls a service.
     *
     * @param service its name as {@link AwsProblem#inWords} takes it
     * @param what the call does, after "can't": {@code list s3://landing/web/}
     * @throws AwsRefused if the service refuses, or can't be reached
     */
    public static <T> T unless(String service, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new AwsRefused("can't " + what + ": " + AwsProblem.inWords(service, e));
        }
    }
}
