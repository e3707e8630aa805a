package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.faults.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which actions on which resources IAM is asked about for a call ("Actions, resources, and condition keys" in its service authorization reference). */
final class CallPermissions {
    private static final String PLACE = "eu-west-1:000000000000:";
    private static final Pattern TABLE =
            Pattern.compile("\"([A-Za-z0-9_.-]*(?:-files|-batches|-entries|LambdaRedshift\\w+))\"");
    private static final Pattern QUEUE = Pattern.compile("\"Queue(?:Url|Name)\":\"(?:[^\"]*/)?([^\"/]+)\"");
    private static final Pattern TOPIC = Pattern.compile("(?m)^(?:TopicArn|Name)=(?:arn:aws:sns:\\S+:)?(\\S+)$");
    private static final Pattern TRANSACTION = Pattern.compile("\"(Put|Update|Delete|ConditionCheck)\":\\{");
    private static final Map<String, String> S3 = Map.of(
            "DeleteObjects", "DeleteObject",
            "HeadObject", "GetObject",
            "HeadBucket", "ListBucket",
            "ListObjects", "ListBucket",
            "ListObjectsV2", "ListBucket",
            "ListObjectVersions", "ListBucketVersions",
            "GetBucketNotificationConfiguration", "GetBucketNotification",
            "PutBucketNotificationConfiguration", "PutBucketNotification",
            "GetBucketEncryption", "GetEncryptionConfiguration");

    private CallPermissions() {}

    /** What the policies lack for a call, in words. */
    static List<String> lacking(String who, Call call, List<JsonNode> policies) {
        List<String> lacking = new ArrayList<>();
        for (String action : actions(call)) {
            for (String resource : resources(call)) {
                if (policies.stream().noneMatch(policy -> Granted.by(policy, action, resource))) {
                    lacking.add(who + ": " + action + " on " + resource);
                }
            }
        }
        return lacking;
    }

    private static Set<String> actions(Call call) {
        return switch (call.service()) {
            case "dynamodb" ->
                call.operation().equals("TransactWriteItems")
                        ? found(TRANSACTION, call.text()).stream()
                                .map(kind -> "dynamodb:" + kind + "Item")
                                .collect(Collectors.toSet())
                        : Set.of("dynamodb:" + call.operation());
            case "s3" -> Set.of("s3:" + S3.getOrDefault(call.operation(), call.operation()));
            case "sqs" -> Set.of("sqs:" + call.operation().replaceFirst("Batch$", ""));
            case "sns" -> Set.of("sns:" + call.operation());
            default -> Set.of();
        };
    }

    private static Set<String> resources(Call call) {
        return switch (call.service()) {
            case "dynamodb" -> arns("dynamodb:" + PLACE + "table/", found(TABLE, call.text()));
            case "s3" ->
                call.text()
                        .lines()
                        .map(object -> "arn:aws:s3:::" + object.substring(1).replaceFirst("/$", ""))
                        .collect(Collectors.toSet());
            case "sqs" -> arns("sqs:" + PLACE, found(QUEUE, call.text()));
            case "sns" -> {
                Set<String> topics = arns("sns:" + PLACE, found(TOPIC, call.text()));
                yield topics.isEmpty() ? Set.of("*") : topics;
            }
            default -> Set.of();
        };
    }

    private static Set<String> arns(String before, Set<String> names) {
        return names.stream().map(found -> "arn:aws:" + before + found).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
