package dev.caravan.ledger.dynamo;

import dev.caravan.ledger.CallListener;
import dev.caravan.ledger.CallListener.Result;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Tells a listener of the DynamoDB client's calls. Has each answer name the capacity that it used up, which costs none; changes nothing
 * else.
 */
public final class LedgerCalls implements ExecutionInterceptor {
    private static final ExecutionAttribute<Long> BEGAN = new ExecutionAttribute<>("caravan-began");
    private static final String RETURN_CAPACITY = "ReturnConsumedCapacity";

    private final CallListener listener;

    public LedgerCalls(CallListener listener) {
        this.listener = listener;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(BEGAN, System.nanoTime());
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        for (SdkField<?> field : request.sdkFields()) {
            if (field.memberName().equals(RETURN_CAPACITY)) {
                SdkRequest.Builder asking = request.toBuilder();
                field.set(asking, ReturnConsumedCapacity.TOTAL.toString());
                return asking.build();
            }
        }
        return request;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        tell(context.request(), attributes, Result.OK, units(context.response()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        boolean refused =
                failure instanceof ConditionalCheckFailedException || failure instanceof TransactionCanceledException;
        tell(context.request(), attributes, refused ? Result.REFUSED : Result.FAILED, 0);
    }

    private void tell(SdkRequest request, ExecutionAttributes attributes, Result result, double units) {
        Duration took = Duration.ofNanos(System.nanoTime() - attributes.getAttribute(BEGAN));
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        listener.called(operation, step(request), result, took, units);
    }

    private static String step(SdkRequest request) {
        Optional<? extends RequestOverrideConfiguration> configuration =
                request instanceof AwsRequest aws ? aws.overrideConfiguration() : Optional.empty();
        return configuration.stream()
                .flatMap(override -> override.apiNames().stream())
                .filter(name -> name.name().equals(Dynamo.CARAVAN))
                .map(name -> name.version())
                .findFirst()
                .orElse("other");
    }

    private static double units(SdkResponse response) {
        Object capacity =
                response.getValueForField("ConsumedCapacity", Object.class).orElse(List.of());
        Collection<?> all = capacity instanceof Collection<?> several ? several : List.of(capacity);
        return all.stream()
                .mapToDouble(
                        one -> one instanceof ConsumedCapacity c && c.capacityUnits() != null ? c.capacityUnits() : 0)
                .sum();
    }
}
