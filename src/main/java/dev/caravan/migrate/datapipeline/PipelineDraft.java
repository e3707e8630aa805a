package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.draft.Draft;
import java.util.List;

/**
 * What a pipeline becomes.
 *
 * @param draft its syncs, in the place of feeds, and the clusters that they load
 * @param sources the databases that they read
 */
public record PipelineDraft(Draft draft, List<SourceDraft> sources) {}
