package dev.caravan.sandbox.redshift.unload;

import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.unload.command.UnloadCommand;
import dev.caravan.sandbox.redshift.unload.command.UnloadFlag;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Collection;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Where an UNLOAD writes. "By default, UNLOAD fails if it finds files that it would possibly overwrite": here, any file whose name begins with the
 * prefix. Of the error only the text is known, from users' reports.
 */
final class Destination {
    private static final String NOT_EMPTY =
            "Specified unload destination on S3 is not empty. Consider using a different bucket / prefix, manually removing the target files in S3, or using the ALLOWOVERWRITE option.";

    private final UnloadCommand command;
    private final S3Objects s3;

    Destination(UnloadCommand command, S3Objects s3) {
        this.command = command;
        this.s3 = s3.in(command.options().region());
    }

    /** Checks keys and bucket, and that nothing stands in the way; CLEANPATH removes it, without PARTITION BY at once. */
    void prepare(Collection<AccessKeys> accepted) throws ServerError {
        try {
            if (command.keys().isPresent()) {
                command.keys().get().checkAgainst(accepted, command.to().toString());
            }
            boolean free = s3.list(command.to()).isEmpty();
            if (command.options().has(UnloadFlag.CLEANPATH)) {
                if (!command.options().isPartitioned()) {
                    delete(command.to());
                }
            } else if (!free && !command.options().has(UnloadFlag.ALLOWOVERWRITE)) {
                throw BoxedError.of(NOT_EMPTY, 8001, "");
            }
        } catch (ServerError e) {
            throw e.text().equals(NOT_EMPTY)
                    ? e
                    : BoxedError.writing(e, command.to().toString());
        }
    }

    /** "If you include PARTITION BY, existing files are removed only from the partition folders to receive new files." */
    void prepareFolder(String folder) throws ServerError {
        if (command.options().isPartitioned() && command.options().has(UnloadFlag.CLEANPATH)) {
            S3Url url = url(folder);
            try {
                delete(url);
            } catch (ServerError e) {
                throw BoxedError.writing(e, url.toString());
            }
        }
    }

    /** @param name behind the prefix */
    S3Url url(String name) {
        return new S3Url(command.to().bucket(), command.to().key() + name);
    }

    void put(S3Url url, RequestBody body) throws ServerError {
        try {
            s3.put(url, body, command.options().kmsKey());
        } catch (ServerError e) {
            throw BoxedError.writing(e, url.toString());
        }
    }

    private void delete(S3Url prefix) throws ServerError {
        for (S3Url url : s3.list(prefix)) {
            s3.delete(url);
        }
    }
}
