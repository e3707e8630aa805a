package dev.caravan.operate.jmx;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** What Hawtio shows of a feed and does to it. The numbers are those of all instances together. */
@ManagedResource(
        description =
                "A feed: what of it waits, what became of its last batches, and how to pause, resume and flush it")
public interface FeedMBean {

    @ManagedAttribute(description = "The feed's name")
    String getName();

    @ManagedAttribute(description = "What it is for; empty if the feed doesn't say so")
    String getDescription();

    @ManagedAttribute(description = "bucket/prefix of the objects that it takes")
    String getPrefix();

    @ManagedAttribute(description = "The table that it loads")
    String getTable();

    @ManagedAttribute(description = "The clusters that it loads into")
    String getClusters();

    @ManagedAttribute(description = "Files that make a batch complete; if that is auto, how many they are now, and why")
    String getBatchSize();

    @ManagedAttribute(description = "Whether it is paused: its files are recorded, and nothing of it is loaded")
    boolean isPaused();

    @ManagedAttribute(description = "Since when and why it is paused; empty if it isn't")
    String getPause();

    @ManagedAttribute(
            description =
                    "Seconds since the first file came of the oldest batch that isn't loaded and hasn't failed; 0 if there is none")
    long getLagSeconds();

    @ManagedAttribute(description = "The open batch's id; empty if there is none")
    String getOpenBatch();

    @ManagedAttribute(description = "Files in the open batch")
    long getOpenFiles();

    @ManagedAttribute(description = "Bytes in the open batch")
    long getOpenBytes();

    @ManagedAttribute(description = "When the open batch is loaded at the latest; empty if there is none")
    String getOpenDue();

    @ManagedAttribute(description = "Batches that are being loaded, or tried again at a time")
    long getLockedBatches();

    @ManagedAttribute(description = "Batches that wait for a cluster, or for the end of the feed's pause")
    long getHeldBatches();

    @ManagedAttribute(description = "Batches that have failed and want to be reprocessed")
    long getFailedBatches();

    @ManagedAttribute(description = "When the last batch was complete; empty if none of the last 20 is")
    String getLastLoad();

    @ManagedAttribute(description = "Files in those of the last 20 batches that are complete")
    long getLoadedFiles();

    @ManagedAttribute(description = "Bytes in those of the last 20 batches that are complete")
    long getLoadedBytes();

    @ManagedAttribute(
            description = "Rows that those of the last 20 batches that are complete have in all clusters together")
    long getLoadedRows();

    @ManagedAttribute(description = "Why the newest of the last 20 batches that failed did; empty if none did")
    String getLastError();

    @ManagedOperation(
            description = "Pauses the feed: its files go on being recorded, nothing of it is loaded, by any instance")
    String pause();

    @ManagedOperation(description = "Ends the feed's pause: what has waited is loaded, oldest first")
    String resume();

    @ManagedOperation(description = "Has the open batch loaded now rather than when it is due")
    String flush();
}
