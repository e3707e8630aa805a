/**
 * Reads the definition of a pipeline of AWS Data Pipeline that brings tables of a database into Redshift. Fed by what {@code aws datapipeline
 * get-pipeline-definition} prints; feeds {@code cli.migrate} with drafts of syncs, which {@code pipeline.tabletoredshift.sync} takes, of the sources that they
 * read, and of clusters.
 */
@NullMarked
package dev.caravan.migrate.datapipeline;

import org.jspecify.annotations.NullMarked;
