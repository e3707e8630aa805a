package dev.caravan.health;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why an AWS service didn't do what it was asked. */
public final class AwsProblem {
    private static final Set<String> DENIALS = Set.of("AccessDenied", "AccessDeniedException", "AuthorizationError");

    private AwsProblem() {}

    /**
     * What the service answered, or that it didn't answer and what to look at.
     *
     * @param service its name as in {@code AWS_ENDPOINT_URL_<name>}, in any case
     */
    public static String inWords(String service, SdkException thrown) {
        if (thrown instanceof AwsServiceException answer) {
            return denied(service, answer).orElseGet(() -> service + " says: " + thrown.getMessage());
        }
        return service + " can't be reached (" + innermost(thrown)
                + "): check the network, AWS_REGION, and AWS_ENDPOINT_URL_"
                + service.toUpperCase(Locale.ROOT).replace(' ', '_')
                + " if it is set";
    }

    /** The service's own words name who asked, the action and the resource, as far as it tells them. */
    private static Optional<String> denied(String service, AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || !DENIALS.contains(String.valueOf(details.errorCode()))
                ? Optional.empty()
                : Optional.of(service + " says: "
                        + String.valueOf(details.errorMessage()).replaceFirst("[.]$", "")
                        + " (" + details.errorCode()
                        + "): give that permission to whoever asks; the README's Permissions has the policies");
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
