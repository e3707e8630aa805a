package dev.caravan.migrate.lambdaloader;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an audit of the AWS loader found.
 *
 * @param batches how many batches were looked at, by status
 * @param processed how many files were marked as processed
 * @param lost files that were taken and never loaded, in the order of their names
 * @param twice files whose rows came twice
 * @param locked batches that are locked for longer than a function can run
 * @param blocked open batches whose item can't grow: their prefix takes no more files
 * @param unread ids of batches that ended well and whose manifest isn't there any more: nothing can be said of their files
 * @param failedFiles files of batches that failed
 */
public record AuditReport(
        Map<String, Integer> batches,
        long processed,
        List<LostFile> lost,
        List<TwiceLoaded> twice,
        List<Stuck> locked,
        List<Blocked> blocked,
        List<String> unread,
        long failedFiles) {

    /**
     * A batch that stays locked.
     *
     * @param since when it was changed last
     */
    public record Stuck(String batch, String s3Prefix, Instant since, int files) {}

    /**
     * A prefix that takes no more files, or soon won't.
     *
     * @param bytes the item's size; DynamoDB lets it have 409,600
     */
    public record Blocked(String batch, String s3Prefix, int files, long bytes) {}
}
