package dev.caravan.base.aws;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why an AWS service didn't do what it was asked. */
public final class AwsProblem {
    private static final Set<String> DENIALS = Set.of("AccessDenied", "AccessDeniedException", "AuthorizationError");
    /** What passes when credentials are renewed, which their provider does by itself where it can ("Common Errors" in each service's API reference). */
    private static final Set<String> EXPIRED = Set.of(
            "ExpiredToken", "ExpiredTokenException", "RequestExpired", "RequestTimeTooSkewed", "TokenRefreshRequired");

    private static final Set<String> UNKNOWN_CALLER = Set.of(
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private AwsProblem() {}

    /**
     * What the service answered, or that it didn't answer and what to look at.
     *
     * @param service its name as in {@code AWS_ENDPOINT_URL_<name>}, in any case
     */
    public static String inWords(String service, SdkException thrown) {
        if (thrown instanceof AwsServiceException answer) {
            return denied(service, answer)
                    .or(() -> ofCredentials(service, answer))
                    .orElseGet(() -> service + " says: " + thrown.getMessage());
        }
        return service + " can't be reached (" + innermost(thrown)
                + "): check the network, AWS_REGION, and AWS_ENDPOINT_URL_"
                + service.toUpperCase(Locale.ROOT).replace(' ', '_')
                + " if it is set";
    }

    /** Whether the credentials ran out, or the clock is wrong: the same is asked again when they are renewed. */
    public static boolean isExpired(AwsServiceException answer) {
        return EXPIRED.contains(code(answer));
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
    }

    private static Optional<String> ofCredentials(String service, AwsServiceException answer) {
        boolean expired = isExpired(answer);
        return expired || UNKNOWN_CALLER.contains(code(answer))
                ? Optional.of(service + " says: "
                        + String.valueOf(answer.awsErrorDetails().errorMessage())
                                .replaceFirst("[.]$", "") + " ("
                        + code(answer)
                        + (expired
                                ? "): renew the credentials that Caravan was started with, and look at this machine's clock"
                                : "): correct the credentials that Caravan was started with"))
                : Optional.empty();
    }

    /** The service's own words name who asked, the action and the resource, as far as it tells them. */
    private static Optional<String> denied(String service, AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || !DENIALS.contains(String.valueOf(details.errorCode()))
                ? Optional.empty()
                : Optional.of(service + " says: "
                        + String.valueOf(details.errorMessage()).replaceFirst("[.]$", "")
                        + " (" + details.errorCode()
                        + "): give that permission to whoever asks; caravan setup --policies prints the policies");
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
