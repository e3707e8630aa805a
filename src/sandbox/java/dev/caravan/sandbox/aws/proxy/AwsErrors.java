package dev.caravan.sandbox.aws.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHttpResponse;

/** The answers of requests that a fault has struck, as the services' documentation gives them. */
final class AwsErrors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRANSACTION = "TransactWriteItems";

    private AwsErrors() {}

    private record Failure(int status, String code, String message) {}

    /** The answer to a request; it has no body yet if it mustn't have one. */
    static HttpResponse answer(AwsFault fault, AwsRequest request) {
        boolean transaction = request.operation().equals(TRANSACTION);
        if (transaction && (fault == AwsFault.THROTTLE || fault == AwsFault.CONFLICT)) {
            return canceled(fault, request);
        }
        Failure failure = failure(fault, request);
        return request.json() ? json(failure, request.service(), Map.of()) : xml(failure, request.service());
    }

    private static Failure failure(AwsFault fault, AwsRequest request) {
        String refused = "The sandbox's fault rules don't let this caller perform " + request.operation();
        return switch (fault) {
            case THROTTLE ->
                switch (request.service()) {
                    case DYNAMODB ->
                        new Failure(
                                400,
                                "ProvisionedThroughputExceededException",
                                "The level of configured provisioned throughput for the table was exceeded. Consider increasing"
                                        + " your provisioning level with the UpdateTable API.");
                    case S3 -> new Failure(503, "SlowDown", "Please reduce your request rate.");
                    case SQS ->
                        new Failure(400, "RequestThrottled", "The request was denied due to request throttling.");
                    case SNS -> new Failure(429, "Throttled", "Rate exceeded");
                    case REDSHIFT_DATA -> new Failure(400, "ThrottlingException", "Rate exceeded");
                };
            case CONFLICT -> new Failure(400, "TransactionConflictException", "Transaction is ongoing for the item");
            case DENIED ->
                switch (request.service()) {
                    case DYNAMODB -> new Failure(400, "AccessDeniedException", refused);
                    case REDSHIFT_DATA ->
                        new Failure(
                                400,
                                "AccessDeniedException",
                                "User: arn:aws:iam::000000000000:user/sandbox is not authorized to perform: redshift-data:"
                                        + request.operation()
                                        + " because no identity-based policy allows it");
                    case S3 -> new Failure(403, "AccessDenied", "Access Denied");
                    case SQS -> new Failure(403, "AccessDeniedException", refused);
                    case SNS -> new Failure(403, "AuthorizationError", refused);
                };
            case EXPIRED ->
                switch (request.service()) {
                    case S3 -> new Failure(400, "ExpiredToken", "The provided token has expired.");
                    case DYNAMODB, REDSHIFT_DATA ->
                        new Failure(
                                400, "ExpiredTokenException", "The security token included in the request is expired");
                    case SQS, SNS ->
                        new Failure(403, "ExpiredToken", "The security token included in the request is expired");
                };
            default ->
                switch (request.service()) {
                    case DYNAMODB -> new Failure(500, "InternalServerError", "Internal server error");
                    case REDSHIFT_DATA ->
                        new Failure(500, "InternalServerException", "The Amazon Redshift Data API failed");
                    case S3 -> new Failure(500, "InternalError", "We encountered an internal error. Please try again.");
                    case SQS, SNS -> new Failure(500, "InternalFailure", "The request processing has failed.");
                };
        };
    }

    /** As many reasons as there are writes, in their order; the first write is the one to blame. */
    private static HttpResponse canceled(AwsFault fault, AwsRequest request) {
        Map<String, String> reason = fault == AwsFault.CONFLICT
                ? Map.of("Code", "TransactionConflict", "Message", "Transaction is ongoing for the item")
                : Map.of(
                        "Code",
                        "ThrottlingError",
                        "Message",
                        "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your"
                                + " table or index so please try again shortly.");
        List<Map<String, String>> reasons = new ArrayList<>();
        reasons.add(reason);
        reasons.addAll(Collections.nCopies(writes(request) - 1, Map.of("Code", "None")));
        String codes = String.join(
                ", ", reasons.stream().map(r -> r.getOrDefault("Code", "")).toList());
        return json(
                new Failure(
                        400,
                        "TransactionCanceledException",
                        "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes
                                + "]"),
                request.service(),
                Map.of("CancellationReasons", reasons));
    }

    private static int writes(AwsRequest request) {
        try {
            return Math.max(
                    1, JSON.readTree(request.text()).path("TransactItems").size());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a transaction: " + request.text(), e);
        }
    }

    private static HttpResponse json(Failure failure, AwsService service, Map<String, Object> more) {
        String namespace = service == AwsService.DYNAMODB ? "com.amazonaws.dynamodb.v20120810" : "com.amazonaws.sqs";
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("__type", namespace + "#" + failure.code());
        body.put("message", failure.message());
        try {
            return response(failure, JSON.writeValueAsString(body), ContentType.create("application/x-amz-json-1.0"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse xml(Failure failure, AwsService service) {
        String details = "<Code>" + failure.code() + "</Code><Message>" + failure.message() + "</Message>";
        String body = service == AwsService.S3
                ? "<Error>" + details + "</Error>"
                : "<ErrorResponse><Error><Type>" + (failure.status() < 500 ? "Sender" : "Receiver") + "</Type>"
                        + details + "</Error></ErrorResponse>";
        return response(failure, body, ContentType.APPLICATION_XML);
    }

    private static HttpResponse response(Failure failure, String body, ContentType type) {
        HttpResponse response = new BasicHttpResponse(HttpVersion.HTTP_1_1, failure.status(), failure.code());
        StringEntity entity = new StringEntity(body, type.withCharset("UTF-8"));
        response.setEntity(entity);
        response.addHeader("Content-Type", type.getMimeType());
        response.addHeader("Content-Length", Long.toString(entity.getContentLength()));
        response.addHeader("x-amzn-RequestId", UUID.randomUUID().toString());
        return response;
    }
}
