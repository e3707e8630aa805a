/**
 * What happens in Redshift: the difference between a table and the state that the target holds, the new state, and UNLOAD of the difference. Fed by {@code column} and by
 * what PostgreSQL says that it holds; feeds routes with SQL, which camel-jdbc runs, and {@code postgres} with files in S3.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.warehouse;

import org.jspecify.annotations.NullMarked;
