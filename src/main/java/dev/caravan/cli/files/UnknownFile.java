package dev.caravan.cli.files;

import dev.caravan.base.Quantity;
import dev.caravan.base.aws.AwsProblem;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.ObjectUrl;
import dev.caravan.cli.shell.Page;
import dev.caravan.feed.Feed;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.startup.Installation;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Why the ledger may not know an object, and what to do about it. */
final class UnknownFile {
    private final Installation installation;
    private final ObjectCreated object;

    UnknownFile(Installation installation, String url) {
        this.installation = installation;
        object = ObjectUrl.object(url);
    }

    CommandFailed inWords() {
        Optional<Feed> first = installation.feeds().match(object).stream().findFirst();
        Optional<Feed> taker = first.filter(feed -> !feed.discard());
        String feeds = first.filter(Feed::discard)
                .map(feed -> "feed " + feed.name() + " discards it")
                .or(() -> taker.map(feed -> "feed " + feed.name() + " wants it"))
                .or(this::filtered)
                .orElseGet(() -> "no feed's prefix fits it (caravan list feeds names the feeds)");
        return new CommandFailed("the ledger doesn't know " + object.url() + ": " + feeds + "; " + inS3(taker));
    }

    /** A feed that would want it if its name were another. */
    private Optional<String> filtered() {
        return installation.feeds().all().stream()
                .filter(feed ->
                        feed.bucket().equals(object.bucket()) && object.key().startsWith(feed.keyPrefix()))
                .findFirst()
                .map(feed -> "feed " + feed.name() + " has its prefix, but its filter " + feed.filter()
                        + " doesn't let its name pass");
    }

    private String inS3(Optional<Feed> taker) {
        try (S3Client s3 = installation.clients().s3()) {
            var head = s3.headObject(r -> r.bucket(object.bucket()).key(object.key()));
            String there = "it is in S3 (" + Quantity.inBytes(head.contentLength()) + ", since "
                    + Page.time(head.lastModified()) + ")";
            return taker.map(
                            feed -> there + why(head.lastModified()) + ": caravan backfill " + feed.name() + " adds it")
                    .orElse(there + ": add a feed, or change one, in routes/");
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case 404 -> "S3 has no such object either";
                case 403 ->
                    "whether it is in S3 can't be said: S3 denies s3:GetObject on " + object.url()
                            + " (without s3:ListBucket also if there is no such object)";
                default -> unasked(e);
            };
        } catch (SdkException e) {
            return unasked(e);
        }
    }

    private String why(Instant created) {
        var keep = installation.settings().keep();
        return created.isBefore(Instant.now().minus(keep))
                ? ", which is longer than the ledger remembers (caravan.ledger.keep, " + Quantity.inWords(keep) + ")"
                : ", but its event never came, or is still in the queue or the dead-letter queue (caravan status)";
    }

    private static String unasked(SdkException e) {
        return "whether it is in S3 can't be said: " + AwsProblem.inWords("S3", e);
    }
}
