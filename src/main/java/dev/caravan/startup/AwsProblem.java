package dev.caravan.startup;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why an AWS service didn't do what it was asked. */
public final class AwsProblem {
    private AwsProblem() {}

    /**
     * What the service answered, or that it didn't answer and what to look at.
     *
     * @param service its name as in {@code AWS_ENDPOINT_URL_<name>}, in any case
     */
    public static String inWords(String service, SdkException thrown) {
        if (thrown instanceof AwsServiceException) {
            return service + " says: " + thrown.getMessage();
        }
        return service + " can't be reached (" + innermost(thrown)
                + "): check the network, AWS_REGION, and AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT)
                + " if it is set";
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String kind = cause.getClass().getSimpleName().replaceFirst("Exception$", "");
        return cause.getMessage() == null ? kind : cause.getMessage();
    }
}
