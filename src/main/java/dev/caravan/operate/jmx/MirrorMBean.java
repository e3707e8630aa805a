package dev.caravan.operate.jmx;

import javax.management.openmbean.CompositeData;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** What Hawtio shows of a mirror and does to it. It is what the ledger has, of all instances together. */
@ManagedResource(
        description =
                "A mirror: what became of its last run, how far the one is that runs, and how to run, rebase, pause and resume it")
public interface MirrorMBean {

    @ManagedAttribute(description = "The mirror's name")
    String getName();

    @ManagedAttribute(description = "What it is for; empty if the mirror doesn't say so")
    String getDescription();

    @ManagedAttribute(description = "The cluster that it is made from, and the table or the query there")
    String getFrom();

    @ManagedAttribute(description = "The PostgreSQL that it stands in, and the table there")
    String getTo();

    @ManagedAttribute(description = "When it runs; empty if only when it is told to")
    String getSchedule();

    @ManagedAttribute(description = "Whether it is paused: no run begins or goes on")
    boolean isPaused();

    @ManagedAttribute(description = "Since when and why it is paused; empty if it isn't")
    String getPause();

    @ManagedAttribute(description = "When it runs next; empty if only when it is told to, or while it is paused")
    String getNextRun();

    @ManagedAttribute(
            description =
                    "How many seconds ago the newest run was that is complete: the target is as the source was then, or a little later; -1 without one")
    long getFreshness();

    @ManagedAttribute(description = "The newest run's id; empty if there is none yet")
    String getLastRun();

    @ManagedAttribute(
            description = "The newest run's status, running with its stage, complete or error; empty without one")
    String getLastStatus();

    @ManagedAttribute(description = "When the newest run ended; empty while it runs, or without one")
    String getLastEnded();

    @ManagedAttribute(description = "Rows of the mirror after the newest run; 0 before it has ended")
    long getLastRows();

    @ManagedAttribute(description = "Rows that the newest run has inserted; 0 before it has ended")
    long getLastInserted();

    @ManagedAttribute(description = "Rows that the newest run has updated; 0 before it has ended")
    long getLastUpdated();

    @ManagedAttribute(description = "Rows that the newest run has deleted; 0 before it has ended")
    long getLastDeleted();

    @ManagedAttribute(description = "Why the newest run waits, or how it ended; may be empty")
    String getLastReason();

    @ManagedAttribute(description = "How far the run is that runs; empty if none does")
    String getProgress();

    @ManagedOperation(description = "Begins a run, as caravan mirror does: any instance takes it up within seconds")
    String mirror();

    @ManagedOperation(
            description =
                    "Begins a run that may delete any number of rows, whatever maxDeletes says, as caravan mirror --allow-deletes does")
    String mirrorAllowingDeletes();

    @ManagedOperation(
            description =
                    "Begins a run that compares both sides anew and brings what differs, as caravan rebase mirror does")
    String rebase();

    @ManagedOperation(
            description = "Pauses the mirror: no run begins or goes on, in any instance; one that is at work ends")
    String pause(String reason);

    @ManagedOperation(description = "Ends the mirror's pause: what was missed is caught up by one run")
    String resume();

    @ManagedOperation(description = "The 10 newest runs, newest first")
    CompositeData[] runs();
}
