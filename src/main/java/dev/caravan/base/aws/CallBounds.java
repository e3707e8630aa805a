package dev.caravan.base.aws;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Bounds every call to AWS in time, whoever makes the client: Camel's components, the code, commands. The SDK has none of its own ("Configure timeouts" in its
 * developer guide); it finds this class by {@code software/amazon/awssdk/global/handlers/execution.interceptors}. A request that has bounds keeps them.
 */
public final class CallBounds implements ExecutionInterceptor {
    /**
     * How long a call may take.
     *
     * @param attempt until an answer begins; then the SDK asks again, on another connection
     * @param call with all attempts
     */
    record Bound(Duration attempt, Duration call) {
        static Bound seconds(long attempt, long call) {
            return new Bound(Duration.ofSeconds(attempt), Duration.ofSeconds(call));
        }
    }

    private static final Bound OTHERS = Bound.seconds(10, 30);

    private static final Map<String, Bound> BOUNDS = Map.of(
            // A manifest of the largest batch has 15 MB.
            "s3", Bound.seconds(60, 180),
            // A long poll takes 20 s by itself.
            "sqs", Bound.seconds(30, 60),
            // Tables are created, and large batches read; the ledger's own calls have closer bounds.
            "dynamodb", Bound.seconds(10, 60),
            "redshiftdata", Bound.seconds(20, 60));

    /** Made by the SDK. */
    public CallBounds() {}

    static Bound of(String service) {
        return BOUNDS.getOrDefault(service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""), OTHERS);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof AwsRequest request)) {
            return context.request();
        }
        Bound bound = of(String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)));
        AwsRequestOverrideConfiguration own = request.overrideConfiguration()
                .orElseGet(() -> AwsRequestOverrideConfiguration.builder().build());
        return request.toBuilder()
                .overrideConfiguration(own.toBuilder()
                        .apiCallAttemptTimeout(own.apiCallAttemptTimeout().orElse(bound.attempt()))
                        .apiCallTimeout(own.apiCallTimeout().orElse(bound.call()))
                        .build())
                .build();
    }
}
