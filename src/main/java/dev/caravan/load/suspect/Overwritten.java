package dev.caravan.load.suspect;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.batch.FileEntry;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.listing.Ahead;
import dev.caravan.s3.listing.ListedObject;
import dev.caravan.s3.listing.S3Listing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Which files of an attempt S3 holds in another version than they were told of, asked of S3 when a cluster refused them. */
public final class Overwritten {
    private static final Logger LOG = LoggerFactory.getLogger(Overwritten.class);

    /** Of more files, halving finds the one that is refused. */
    private static final int MOST = 20_000;

    private final Supplier<S3Client> clients;

    /** @param clients gives one that is closed after use */
    public Overwritten(Supplier<S3Client> clients) {
        this.clients = clients;
    }

    /** Those that are overwritten, with what there is now; none if S3 can't be asked, or of too many. */
    public Map<FileEntry, ObjectCreated> of(List<FileEntry> files) {
        Map<FileEntry, ObjectCreated> overwritten = new LinkedHashMap<>();
        if (files.size() > MOST) {
            return overwritten;
        }
        try (S3Client s3 = clients.get()) {
            S3Listing listing = new S3Listing(s3);
            Ahead.forEach(
                    files,
                    file -> listing.object(file.url()),
                    (file, now) -> now.map(ListedObject::object)
                            .filter(object -> isOther(file, object))
                            .ifPresent(object -> overwritten.put(file, object)));
        } catch (AwsRefused e) {
            LOG.warn("Can't ask S3 which file was overwritten: {}", e.getMessage());
            return Map.of();
        }
        return overwritten;
    }

    private static boolean isOther(FileEntry file, ObjectCreated now) {
        return file.version().equals(FileEntry.ANY_VERSION)
                ? now.size() != file.size()
                : !now.version().equals(file.version());
    }
}
