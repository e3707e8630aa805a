package dev.caravan.load.suspect;

import dev.caravan.base.aws.AwsRefused;
import dev.caravan.batch.FileEntry;
import dev.caravan.s3.listing.S3Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Which files of an attempt S3 doesn't have, asked of S3 when a cluster missed an object without saying which. */
public final class MissingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MissingFiles.class);

    /** Of more files, halving finds the one with fewer questions. */
    private static final int MOST = 1_000;

    private final Supplier<S3Client> clients;

    /** @param clients gives one that is closed after use */
    public MissingFiles(Supplier<S3Client> clients) {
        this.clients = clients;
    }

    /** Those that are gone; empty if S3 can't be asked, or of too many. */
    public Optional<List<FileEntry>> of(List<FileEntry> files) {
        if (files.size() > MOST) {
            return Optional.empty();
        }
        List<FileEntry> gone = new ArrayList<>();
        try (S3Client s3 = clients.get()) {
            var listing = new S3Listing(s3);
            for (FileEntry file : files) {
                if (listing.object(file.url()).isEmpty()) {
                    gone.add(file);
                }
            }
        } catch (AwsRefused e) {
            LOG.warn("Can't ask S3 which file is missing: {}", e.getMessage());
            return Optional.empty();
        }
        return Optional.of(gone);
    }

    /** Whether S3 says that it has no such object; false also if it can't be asked. */
    public boolean lacks(String url) {
        try (S3Client s3 = clients.get()) {
            return new S3Listing(s3).object(url).isEmpty();
        } catch (AwsRefused e) {
            LOG.warn("Can't ask S3 whether it has {}: {}", url, e.getMessage());
            return false;
        }
    }
}
