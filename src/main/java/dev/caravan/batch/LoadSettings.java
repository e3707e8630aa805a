package dev.caravan.batch;

import dev.caravan.redshift.target.Target;
import dev.caravan.s3.event.S3Prefix;
import java.util.List;
import java.util.Optional;

/** How the batches of one name are loaded: into which targets, what becomes of bad files, and who is told. A feed is one of these. */
public interface LoadSettings {
    /** What it is called: a batch's {@link Batch#feed}. */
    String name();

    /** What it is, as a person knows it: {@code feed 'web'}. */
    String inWords();

    /** What the files of one of its batches have in common: its name and, if its table or options depend on the object, what they depend on. */
    String key();

    /** Names of DataSource beans. */
    List<String> clusters();

    /** What is written to in one of its clusters. */
    Target in(String cluster);

    /** What is written to in clusters where nothing else is said. */
    Target target();

    BadFilePolicy onBadFile();

    /** Files of one batch, for each cluster. */
    int maxBadFiles();

    OverwritePolicy onOverwrite();

    /** Where manifests are written. */
    Optional<S3Prefix> manifestPrefix();

    /** Where its files come from, as a person wrote it: {@code bucket/prefix}. */
    String writtenPrefix();

    /** A topic's name or ARN. */
    Optional<String> loadedTopic();

    /** A topic's name or ARN. */
    Optional<String> failedTopic();

    /** Finds how a batch is loaded, as it is configured now. */
    @FunctionalInterface
    interface Lookup {
        /** @throws UnloadableBatch if nothing says so any more */
        LoadSettings of(Batch batch);
    }
}
