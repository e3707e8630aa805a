package dev.caravan.operate.jmx;

import javax.management.openmbean.CompositeData;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** What Hawtio shows of a sync and does to it. It is what the ledger has, of all instances together. */
@ManagedResource(
        description =
                "A sync: what became of its last run, how far the one is that runs, and how to run, pause and resume it")
public interface SyncMBean {

    @ManagedAttribute(description = "The sync's name")
    String getName();

    @ManagedAttribute(description = "What it is for; empty if the sync doesn't say so")
    String getDescription();

    @ManagedAttribute(description = "The source that it takes tables from")
    String getSource();

    @ManagedAttribute(description = "Which tables of the source it takes, as the sync says it")
    String getTables();

    @ManagedAttribute(description = "Whether runs take all rows (full) or those that have changed (incremental)")
    String getMode();

    @ManagedAttribute(description = "When it runs, and when it takes all rows; empty if only when it is told to")
    String getSchedule();

    @ManagedAttribute(description = "The clusters that it loads into")
    String getClusters();

    @ManagedAttribute(description = "Whether it is paused: no run begins, goes on or is loaded")
    boolean isPaused();

    @ManagedAttribute(description = "Since when and why it is paused; empty if it isn't")
    String getPause();

    @ManagedAttribute(description = "When it runs next; empty if only when it is told to, or while it is paused")
    String getNextRun();

    @ManagedAttribute(description = "The newest run's id; empty if there is none yet")
    String getLastRun();

    @ManagedAttribute(
            description = "The newest run's status, running with its stage, complete or error; empty without one")
    String getLastStatus();

    @ManagedAttribute(description = "When the newest run ended; empty while it runs, or without one")
    String getLastEnded();

    @ManagedAttribute(description = "Rows that the newest run has read, in all tables together; 0 before it has ended")
    long getLastRows();

    @ManagedAttribute(
            description =
                    "Rows that the newest run has deleted from Redshift because the source has (deletes); 0 before it has ended")
    long getLastDeleted();

    @ManagedAttribute(description = "Why the newest run waits, or how it ended; may be empty")
    String getLastReason();

    @ManagedAttribute(description = "Tables of the run that runs which are read; 0 if none runs")
    long getTablesRead();

    @ManagedAttribute(description = "Tables of the run that runs, as far as they are listed; 0 if none runs")
    long getTablesOfRun();

    @ManagedAttribute(description = "The tables that are being read now, by any instance, with their rows so far")
    CompositeData[] getReading();

    @ManagedOperation(description = "Begins a run, as caravan sync does: any instance takes it up within seconds")
    String sync();

    @ManagedOperation(
            description =
                    "Begins a run of all rows, in the place of those that the tables have, as caravan sync --full does: also those that were deleted go")
    String syncFull();

    @ManagedOperation(
            description =
                    "Pauses the sync: no run begins, goes on or is loaded, in any instance; a table that is being read is read to its end")
    String pause(String reason);

    @ManagedOperation(description = "Ends the sync's pause: what was missed is caught up by one run")
    String resume();

    @ManagedOperation(description = "The 10 newest runs with their tables, newest first")
    CompositeData[] runs();
}
