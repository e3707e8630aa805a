package dev.caravan.operate.preflight;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsRefused;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.notes.EventTests;
import dev.caravan.ledger.notes.EventTests.Receipt;
import dev.caravan.operate.setup.Notifications;
import dev.caravan.operate.setup.SqsFacts;
import dev.caravan.startup.Installation;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The way of an event, proven: an empty object is written under a feed's prefix, its event is waited for, and the object is taken away. It is announced in
 * the ledger before, so that who receives its event notes that and loads nothing.
 */
public final class EventCheck {
    private static final long PAUSE_MILLIS = 500;

    private final Installation installation;
    private final EventTests tests;
    private final String queueName;
    private final Duration wait;

    /** @param wait how long the event may take */
    public EventCheck(Installation installation, Duration wait) {
        this.installation = installation;
        this.tests = installation.eventTests();
        this.queueName = installation.settings().queue();
        this.wait = wait;
    }

    /** What a person is asked before. */
    public String question(Feed feed) {
        return "Write an empty object into s3://" + feed.bucket() + "/" + feed.keyPrefix() + ", wait up to "
                + Quantity.inWords(wait) + " for its event, and delete it? Caravan loads nothing of it;"
                + " whoever else hears of the bucket hears of it, too.";
    }

    /** Does it. */
    public Finding run(Feed feed) {
        String about = feed.name() + ": test event";
        try (S3Client s3 = installation.clients().s3();
                SqsClient sqs = installation.clients().sqs()) {
            return Asked.aws(about, () -> run(feed, about, s3, sqs));
        }
    }

    private Finding run(Feed feed, String about, S3Client s3, SqsClient sqs) {
        Optional<SqsFacts> queue = SqsFacts.find(sqs, queueName);
        if (queue.isEmpty()) {
            return Finding.skip(about, "queue " + queueName + " is not there");
        }
        String key = EventTests.key(feed.keyPrefix(), suffix(s3, feed, queue.get()));
        String url = "s3://" + feed.bucket() + "/" + key;
        tests.announce(url);
        long start = System.nanoTime();
        PutObjectResponse put = AwsRefused.unless(
                "S3",
                "write " + url,
                () -> s3.putObject(r -> r.bucket(feed.bucket()).key(key), RequestBody.empty()));
        Finding found;
        try {
            found = awaited(about, url, queue.get(), sqs, start);
        } finally {
            delete(s3, feed.bucket(), key, put);
        }
        return found;
    }

    private Finding awaited(String about, String url, SqsFacts queue, SqsClient sqs, long start) {
        do {
            Optional<Receipt> receipt = tests.receipt(url);
            if (receipt.isPresent()) {
                return Finding.ok(
                        about,
                        "instance " + receipt.get().by() + " received the event of " + url + " after "
                                + Quantity.inWords(since(start)) + "; the object is deleted, nothing was loaded");
            }
            pause();
        } while (since(start).compareTo(wait) < 0);
        return new QueueLook(sqs, queue).verdict(about, url, wait);
    }

    private static Duration since(long start) {
        return Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    }

    /** A rule may want keys to end somehow. */
    private static String suffix(S3Client s3, Feed feed, SqsFacts queue) {
        try {
            return Notifications.of(s3.getBucketNotificationConfiguration(r -> r.bucket(feed.bucket())))
                    .entries()
                    .stream()
                    .filter(entry -> entry.to().equals(queue.arn()))
                    .filter(entry -> feed.keyPrefix().startsWith(entry.prefix()))
                    .map(Notifications.Entry::suffix)
                    .findFirst()
                    .orElse("");
        } catch (SdkException e) {
            return "";
        }
    }

    /** The very version that was written: of a bucket that keeps versions nothing stays. */
    private static void delete(S3Client s3, String bucket, String key, PutObjectResponse put) {
        AwsRefused.unless("S3", "delete the test object s3://" + bucket + "/" + key + ", which stays there", () -> {
            s3.deleteObject(r -> {
                r.bucket(bucket).key(key);
                if (put.versionId() != null) {
                    r.versionId(put.versionId());
                }
            });
            return true;
        });
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
