/**
 * Feeds and clusters as another loader's configuration says them, on their way into files that a person goes through. Fed by
 * {@code lambdaloader} and {@code rin}; feeds {@code cli}.
 */
@NullMarked
package dev.caravan.draft;

import org.jspecify.annotations.NullMarked;
