/**
 * Feeds, or syncs, and clusters as another loader's configuration says them, on their way into files that a person goes through. Fed by {@code
 * migrate.lambdaloader}, {@code migrate.rin} and {@code migrate.datapipeline}; feeds {@code cli.migrate}.
 */
@NullMarked
package dev.caravan.migrate.draft;

import org.jspecify.annotations.NullMarked;
