/**
 * Feeds and clusters as another loader's configuration says them, on their way into files that a person goes through. Fed by {@code
 * migrate.lambdaloader} and {@code migrate.rin}; feeds {@code cli.migrate}.
 */
@NullMarked
package dev.caravan.migrate.draft;

import org.jspecify.annotations.NullMarked;
