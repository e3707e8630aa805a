package dev.caravan.ledger;

import dev.caravan.batch.Batch;
import dev.caravan.batch.QuarantinedFile;
import java.util.Collection;
import java.util.List;

/**
 * What a person does to a batch and Caravan does not by itself. Each change is one write, conditional on what the person has seen: if the ledger
 * is otherwise, nothing is changed and {@link Conflict} says why. The batch's history says who did it. Other failures are a
 * {@link LedgerUnavailable}, as in {@link Ledger}.
 */
public interface BatchSteering {

    /** So many files can be left out at once: they, their batch and an item for each cluster are one transaction of 100 writes at most. */
    int MOST_OMITTED = 90;

    /**
     * The files that clusters refused and that come back with their batch when it is reprocessed: those of clusters in which it failed as a whole, for the
     * reason may have been in the table. Not those that a person left out, that are in another batch since, or that a later version has replaced.
     */
    List<QuarantinedFile> returning(Batch ended, Collection<String> clusters);

    /**
     * Brings them back, so that the batch's next attempts load them; each again set aside if it is refused again. Not one write if there are many, but
     * each leaves an ended batch that adds up.
     *
     * @param returning as {@link #returning} gives them
     * @return the batch as it now stands
     */
    Batch release(Batch ended, List<QuarantinedFile> returning) throws Conflict;

    /**
     * Locks an ended batch again, for whoever looks next. Its files, its id and what is loaded of it stay, so that the clusters' ledger tables
     * keep it from being loaded twice; it is tried for {@code caravan.load.retry-for} from now on.
     *
     * @param asSeen {@code complete} or {@code error}
     * @param clusters those whose failed outcome is forgotten, so that they are tried again; those without an outcome are tried in any case
     * @param omitted files that are set aside with the same write, at most {@link #MOST_OMITTED} different ones, none of them set aside for
     *     that cluster already
     * @return the batch as it now stands
     */
    Batch reprocess(Batch asSeen, Collection<String> clusters, List<QuarantinedFile> omitted) throws Conflict;

    /**
     * Frees a locked batch, whether somebody works on it or it waits: any instance takes it up now. The ledger takes nothing more from the one
     * that had it, and should that one still commit a load, the cluster's ledger table keeps the next from doing so again.
     *
     * @return the batch as it now stands
     */
    Batch unlock(String id) throws Conflict;

    /**
     * Makes an open batch due: any instance locks it now.
     *
     * @return the batch as it now stands
     */
    Batch flush(Batch open) throws Conflict;

    /**
     * Forgets an ended batch, but not that its files were taken: they are not loaded again; nor who has deleted it. The batch itself goes last, so that a deletion that
     * was stopped can be found and repeated; from its beginning the batch can't be reprocessed.
     *
     * @param ended {@code complete} or {@code error}
     */
    void delete(Batch ended) throws Conflict;
}
