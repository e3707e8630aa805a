package dev.caravan.operate.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.dataapi.Place;

/** Statements of a queue's policy that let S3 send a bucket's events there. */
final class QueuePolicy {
    private static final String S3 = "s3.amazonaws.com";

    /** One statement for all buckets: SQS takes 20 in a policy ("Amazon SQS policy quotas" in its developer guide). */
    private static final String SID = "caravan-buckets";

    private QueuePolicy() {}

    /** Whether some statement lets S3 send the bucket's events. */
    static boolean lets(JsonNode policy, String queueArn, String bucket) {
        for (JsonNode statement : list(policy.path("Statement"))) {
            JsonNode principal = statement.path("Principal");
            boolean toS3 = contains(principal, "*")
                    || contains(principal.path("Service"), S3)
                    || contains(principal.path("AWS"), "*");
            boolean sends = contains(statement.path("Action"), "sqs:SendMessage")
                    || contains(statement.path("Action"), "SQS:SendMessage")
                    || contains(statement.path("Action"), "sqs:*");
            if (statement.path("Effect").asText().equals("Allow")
                    && toS3
                    && sends
                    && fits(statement.path("Condition"), arn(Place.of(queueArn).partition(), bucket))) {
                return true;
            }
        }
        return false;
    }

    /** The policy with one more bucket in our statement; the others stay as they are. */
    static ObjectNode with(JsonNode policy, String queueArn, String bucket) {
        ObjectNode changed = policy.isObject() ? policy.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (!changed.has("Version")) {
            changed.put("Version", "2012-10-17");
        }
        ArrayNode statements = JsonNodeFactory.instance.arrayNode();
        list(changed.path("Statement")).forEach(statements::add);
        String arn = arn(Place.of(queueArn).partition(), bucket);
        for (JsonNode statement : statements) {
            JsonNode arns = statement.path("Condition").path("ArnLike").path("aws:SourceArn");
            if (statement.path("Sid").asText().equals(SID) && arns instanceof ArrayNode buckets) {
                buckets.add(arn);
                changed.set("Statement", statements);
                return changed;
            }
        }
        ObjectNode statement = statements.addObject();
        statement.put("Sid", SID).put("Effect", "Allow");
        statement.putObject("Principal").put("Service", S3);
        statement.put("Action", "sqs:SendMessage").put("Resource", queueArn);
        ObjectNode condition = statement.putObject("Condition");
        condition.putObject("ArnLike").putArray("aws:SourceArn").add(arn);
        condition
                .putObject("StringEquals")
                .put("aws:SourceAccount", Place.of(queueArn).account());
        changed.set("Statement", statements);
        return changed;
    }

    /** A condition on anything but the bucket is taken for fulfilled. */
    private static boolean fits(JsonNode condition, String bucketArn) {
        for (JsonNode operator : condition) {
            for (var key : operator.properties()) {
                if (key.getKey().equalsIgnoreCase("aws:SourceArn") && !matches(key.getValue(), bucketArn)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean matches(JsonNode patterns, String arn) {
        for (JsonNode pattern : list(patterns)) {
            String regex = ("\\Q" + pattern.asText() + "\\E").replace("*", "\\E.*\\Q");
            if (arn.matches(regex)) {
                return true;
            }
        }
        return false;
    }

    private static String arn(String partition, String bucket) {
        return "arn:" + partition + ":s3:::" + bucket;
    }

    private static boolean contains(JsonNode oneOrMany, String text) {
        for (JsonNode value : list(oneOrMany)) {
            if (value.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode list(JsonNode oneOrMany) {
        if (oneOrMany.isArray()) {
            return oneOrMany;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        return oneOrMany.isMissingNode() ? list : list.add(oneOrMany);
    }
}
