package dev.caravan.operate.setup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.dataapi.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What customer managed keys want: of the roles' policies, and of the keys' own ("Protecting data with server-side encryption using AWS KMS keys" in Amazon
 * S3's user guide, "Key management" in Amazon SQS's and SNS's developer guides).
 */
record KeyPolicies(KmsKeys keys, Place place) {
    private static final List<String> WRITE = List.of("kms:GenerateDataKey", "kms:Decrypt");
    private static final List<String> READ = List.of("kms:Decrypt");

    /** @param readsFiles whether it looks into the files that land */
    void application(PolicyDocuments statements, boolean readsFiles) {
        Set<String> written = KmsKeys.own(Stream.of(
                        keys.manifests().values().stream(),
                        keys.topics().values().stream(),
                        keys.deadLetters().stream())
                .flatMap(some -> some));
        Set<String> read = KmsKeys.own(
                Stream.concat(keys.queue().stream(), readsFiles ? keys.landing().values().stream() : Stream.of()));
        read.removeAll(written);
        allow(statements, WRITE, written);
        allow(statements, READ, read);
    }

    /** Who gives commands sends events and test objects, and reads what is parked. */
    void operator(PolicyDocuments statements) {
        allow(
                statements,
                WRITE,
                KmsKeys.own(
                        Stream.of(keys.queue().stream(), keys.deadLetters().stream(), keys.landing().values().stream())
                                .flatMap(some -> some)));
    }

    /** @param unloads whether Redshift writes where manifests are, too */
    void copyRole(PolicyDocuments statements, boolean unloads) {
        Set<String> written = KmsKeys.own(unloads ? keys.manifests().values().stream() : Stream.of());
        Set<String> read =
                KmsKeys.own(Stream.concat(keys.landing().values().stream(), keys.manifests().values().stream()));
        read.removeAll(written);
        allow(statements, WRITE, written);
        allow(statements, READ, read);
    }

    private void allow(PolicyDocuments statements, List<String> actions, Collection<String> some) {
        statements.allow(
                actions,
                some.stream()
                        .filter(key -> KmsKeys.alias(key).isEmpty())
                        .map(key -> KmsKeys.resource(key, place))
                        .toList());
        some.forEach(key -> KmsKeys.alias(key).ifPresent(alias -> {
            ObjectNode condition = JsonNodeFactory.instance.objectNode();
            condition.putObject("ForAnyValue:StringEquals").put("kms:ResourceAliases", alias);
            statements.allow(actions, List.of(KmsKeys.resource(key, place)), Optional.of(condition));
        }));
    }

    /** What the keys' owners have to do, one paragraph each; one that says that there is nothing to do if no key was found. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        keys.queue().ifPresent(key -> notes.add(queue(key)));
        if (!KmsKeys.own(keys.landing().values().stream()).isEmpty()) {
            notes.add("Buckets' default keys: " + String.join(", ", KmsKeys.own(keys.landing().values().stream()))
                    + ". A key of another account has to let COPY's role in its own policy, too.");
        }
        keys.unasked().forEach(what -> notes.add("Whether a KMS key is used is not known: " + what));
        notes.add(
                "Objects that their producers encrypt with keys of their own want kms:Decrypt on them of COPY's role.");
        return notes;
    }

    private String queue(String key) {
        if (KmsKeys.isAwsManaged(key)) {
            return "The queue is encrypted with " + key
                    + ", which S3 may not use, and whose policy can't be changed: no event comes."
                    + " Encrypt it with SSE-SQS, or with a key of yours.";
        }
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("Sid", "caravan-s3-events").put("Effect", "Allow");
        statement.putObject("Principal").put("Service", "s3.amazonaws.com");
        var actions = statement.putArray("Action");
        WRITE.forEach(actions::add);
        statement.put("Resource", "*");
        statement.putObject("Condition").putObject("StringEquals").put("aws:SourceAccount", place.account());
        return "Key policy of " + key
                + ", with which the queue is encrypted (sns.amazonaws.com likewise if events come through a topic,"
                + " events.amazonaws.com if through EventBridge):\n  " + statement;
    }
}
