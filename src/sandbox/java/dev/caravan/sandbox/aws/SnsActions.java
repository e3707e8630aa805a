package dev.caravan.sandbox.aws;

import static java.util.stream.Collectors.joining;

import dev.caravan.sandbox.aws.SnsTopics.Subscription;
import dev.caravan.sandbox.aws.SnsTopics.Topic;
import dev.caravan.sandbox.parts.Account;
import dev.caravan.sandbox.parts.Xml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** SNS's actions on standard topics, and what it refuses on FIFO ones. Each returns the XML inside of its result element. */
final class SnsActions {
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final String FIFO = ".fifo";
    private static final int LARGEST_BATCH = 10;

    private final SnsTopics topics;
    private final SnsDelivery delivery;

    SnsActions(SnsTopics topics, SnsDelivery delivery) {
        this.topics = topics;
        this.delivery = delivery;
    }

    String act(String action, SnsRequest request) {
        return switch (action) {
            case "CreateTopic" -> createTopic(request);
            case "DeleteTopic" -> deleteTopic(request);
            case "ListTopics" -> listTopics();
            case "GetTopicAttributes" -> topicAttributes(topic(request));
            case "SetTopicAttributes" -> setTopicAttribute(request);
            case "Subscribe" -> subscribe(request);
            case "ConfirmSubscription" -> confirm(request);
            case "Unsubscribe" -> unsubscribe(request);
            case "ListSubscriptions" -> list(topics.subscriptions());
            case "ListSubscriptionsByTopic" ->
                list(topics.subscriptions(topic(request).arn()));
            case "GetSubscriptionAttributes" -> subscriptionAttributes(subscription(request));
            case "SetSubscriptionAttributes" -> setSubscriptionAttribute(request);
            case "Publish" -> Xml.text("MessageId", publish(topic(request), request));
            case "PublishBatch" -> publishBatch(request);
            default -> throw SnsError.unknownAction(action);
        };
    }

    private synchronized String createTopic(SnsRequest request) {
        String name = request.get("Name");
        boolean fifo = "true".equals(request.map("Attributes").get("FifoTopic"));
        String plain = fifo && name.endsWith(FIFO) ? name.substring(0, name.length() - FIFO.length()) : name;
        if (!TOPIC_NAME.matcher(plain).matches() || fifo != name.endsWith(FIFO)) {
            throw SnsError.invalid("Topic Name");
        }
        String arn = "arn:aws:sns:" + Account.REGION + ":" + Account.ID + ":" + name;
        if (topics.find(arn).isEmpty()) {
            topics.put(new Topic(arn, request.map("Attributes")));
        }
        return Xml.text("TopicArn", arn);
    }

    private String deleteTopic(SnsRequest request) {
        topics.remove(request.get("TopicArn"));
        return "";
    }

    private String listTopics() {
        return Xml.tag(
                "Topics",
                topics.all().stream()
                        .map(t -> Xml.tag("member", Xml.text("TopicArn", t.arn())))
                        .collect(joining()));
    }

    private String topicAttributes(Topic topic) {
        List<Subscription> subscribed = topics.subscriptions(topic.arn());
        long confirmed = subscribed.stream().filter(Subscription::confirmed).count();
        Map<String, String> attributes = new TreeMap<>(topic.attributes());
        attributes.put("TopicArn", topic.arn());
        attributes.put("Owner", Account.ID);
        attributes.put("SubscriptionsConfirmed", Long.toString(confirmed));
        attributes.put("SubscriptionsPending", Long.toString(subscribed.size() - confirmed));
        return attributes(attributes);
    }

    private String setTopicAttribute(SnsRequest request) {
        Topic topic = topic(request);
        Map<String, String> attributes = new TreeMap<>(topic.attributes());
        attributes.put(
                request.get("AttributeName"), request.find("AttributeValue").orElse(""));
        topics.put(new Topic(topic.arn(), attributes));
        return "";
    }

    private synchronized String subscribe(SnsRequest request) {
        Topic topic = topic(request);
        String protocol = request.get("Protocol");
        String endpoint = request.get("Endpoint");
        if (topic.arn().endsWith(FIFO)) {
            throw SnsError.invalid("the sandbox delivers nothing that is published to FIFO topics");
        }
        if (!List.of("sqs", "http", "https").contains(protocol)) {
            throw SnsError.invalid("the sandbox delivers to sqs, http and https, not to " + protocol);
        }
        Map<String, String> attributes = request.map("Attributes");
        attributes.keySet().forEach(SnsActions::checkSubscriptionAttribute);
        Optional<Subscription> existing = topics.subscriptions(topic.arn()).stream()
                .filter(s -> s.protocol().equals(protocol) && s.endpoint().equals(endpoint))
                .findFirst();
        Subscription subscription = existing.orElseGet(() -> new Subscription(
                topic.arn() + ":" + UUID.randomUUID(),
                topic.arn(),
                protocol,
                endpoint,
                attributes,
                UUID.randomUUID().toString().replace("-", ""),
                protocol.equals("sqs")));
        if (existing.isEmpty()) {
            topics.put(subscription);
        }
        if (!subscription.confirmed()) {
            delivery.askToConfirm(subscription);
        }
        boolean tell = subscription.confirmed()
                || request.find("ReturnSubscriptionArn").equals(Optional.of("true"));
        return Xml.text("SubscriptionArn", tell ? subscription.arn() : "pending confirmation");
    }

    private String confirm(SnsRequest request) {
        String token = request.get("Token");
        Subscription pending = topics.subscriptions(topic(request).arn()).stream()
                .filter(s -> s.token().equals(token))
                .findFirst()
                .orElseThrow(() -> SnsError.invalid("Token"));
        topics.put(pending.confirm());
        return Xml.text("SubscriptionArn", pending.arn());
    }

    private String unsubscribe(SnsRequest request) {
        topics.removeSubscription(request.get("SubscriptionArn"));
        return "";
    }

    private String setSubscriptionAttribute(SnsRequest request) {
        String name = request.get("AttributeName");
        checkSubscriptionAttribute(name);
        topics.put(
                subscription(request).with(name, request.find("AttributeValue").orElse("")));
        return "";
    }

    // To accept a filter and then send everything would be a trap.
    private static void checkSubscriptionAttribute(String name) {
        if (name.startsWith("FilterPolicy")) {
            throw SnsError.invalid("the sandbox has no filter policies");
        }
    }

    private String subscriptionAttributes(Subscription subscription) {
        Map<String, String> attributes = new TreeMap<>(subscription.attributes());
        attributes.put("SubscriptionArn", subscription.arn());
        attributes.put("TopicArn", subscription.topicArn());
        attributes.put("Protocol", subscription.protocol());
        attributes.put("Endpoint", subscription.endpoint());
        attributes.put("Owner", Account.ID);
        attributes.put("PendingConfirmation", Boolean.toString(!subscription.confirmed()));
        return attributes(attributes);
    }

    private String publish(Topic topic, SnsRequest request) {
        if (topic.arn().endsWith(FIFO)) {
            refuseUngrouped(topic, request);
        }
        SnsMessage message = SnsMessage.of(topic.arn(), request);
        topics.subscriptions(topic.arn()).stream()
                .filter(Subscription::confirmed)
                .forEach(s -> delivery.deliver(message, s));
        return message.id();
    }

    /** In SNS's words (spring-attic/spring-cloud-aws#759 and "Amazon SNS message deduplication for FIFO topics"). */
    private static void refuseUngrouped(Topic topic, SnsRequest request) {
        if (request.find("MessageGroupId").isEmpty()) {
            throw SnsError.invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        if (request.find("MessageDeduplicationId").isEmpty()
                && !"true".equals(topic.attributes().get("ContentBasedDeduplication"))) {
            throw SnsError.invalid(
                    "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
                            + " provided explicitly");
        }
    }

    private String publishBatch(SnsRequest request) {
        Topic topic = topic(request);
        List<SnsRequest> entries = request.list("PublishBatchRequestEntries.member");
        if (entries.isEmpty() || entries.size() > LARGEST_BATCH) {
            throw SnsError.invalid("PublishBatchRequestEntries must be 1 to " + LARGEST_BATCH);
        }
        StringBuilder successful = new StringBuilder();
        StringBuilder failed = new StringBuilder();
        for (SnsRequest entry : entries) {
            String id = Xml.text("Id", entry.get("Id"));
            try {
                successful.append(Xml.tag("member", id + Xml.text("MessageId", publish(topic, entry))));
            } catch (SnsError e) {
                failed.append(Xml.tag(
                        "member",
                        id
                                + Xml.text("Code", e.code())
                                + Xml.text("Message", e.text())
                                + Xml.text("SenderFault", "true")));
            }
        }
        return Xml.tag("Successful", successful.toString()) + Xml.tag("Failed", failed.toString());
    }

    private Topic topic(SnsRequest request) {
        String arn = request.find("TopicArn").orElseGet(() -> request.get("TargetArn"));
        return topics.find(arn).orElseThrow(() -> SnsError.notFound("Topic"));
    }

    private Subscription subscription(SnsRequest request) {
        return topics.findSubscription(request.get("SubscriptionArn"))
                .orElseThrow(() -> SnsError.notFound("Subscription"));
    }

    private static String list(List<Subscription> subscriptions) {
        return Xml.tag(
                "Subscriptions", subscriptions.stream().map(SnsActions::member).collect(joining()));
    }

    private static String member(Subscription subscription) {
        return Xml.tag(
                "member",
                Xml.text("SubscriptionArn", subscription.confirmed() ? subscription.arn() : "PendingConfirmation")
                        + Xml.text("TopicArn", subscription.topicArn())
                        + Xml.text("Protocol", subscription.protocol())
                        + Xml.text("Endpoint", subscription.endpoint())
                        + Xml.text("Owner", Account.ID));
    }

    private static String attributes(Map<String, String> attributes) {
        return Xml.tag(
                "Attributes",
                attributes.entrySet().stream()
                        .map(a -> Xml.tag("entry", Xml.text("key", a.getKey()) + Xml.text("value", a.getValue())))
                        .collect(joining()));
    }
}
