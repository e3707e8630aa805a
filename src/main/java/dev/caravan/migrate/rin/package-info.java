/** Reads the configuration of Rin, a loader that copies each object by itself. Fed by its config.yaml; feeds {@code cli.migrate} with drafts of feeds. */
@NullMarked
package dev.caravan.migrate.rin;

import org.jspecify.annotations.NullMarked;
