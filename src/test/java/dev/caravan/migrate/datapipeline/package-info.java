/** Tests of syncs taken over from AWS Data Pipeline. */
@NullMarked
package dev.caravan.migrate.datapipeline;

import org.jspecify.annotations.NullMarked;
