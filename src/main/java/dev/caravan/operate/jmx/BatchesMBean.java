package dev.caravan.operate.jmx;

import javax.management.openmbean.CompositeData;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** What Hawtio shows of the batches and does to one. */
@ManagedResource(description = "Batches: the newest, those that failed, and how to reprocess and unlock one")
public interface BatchesMBean {

    @ManagedAttribute(description = "The 20 newest batches of all feeds, newest first")
    CompositeData[] getRecent();

    @ManagedAttribute(description = "The 20 newest batches that have failed and want to be reprocessed, newest first")
    CompositeData[] getFailed();

    @ManagedOperation(
            description =
                    "Loads an ended batch again, into the clusters that don't hold it, as caravan reprocess batch does; what is loaded stays, and comes in once")
    String reprocess(String batchId);

    @ManagedOperation(
            description =
                    "Frees a locked batch, whether an instance works on it or it waits: any instance takes it up now")
    String unlock(String batchId);
}
