/**
 * Whether a feed or a sync would load, asked of everything on its way. Fed by settings, feeds, syncs, AWS, sources and the clusters; feeds {@code cli.install}
 * with findings.
 */
@NullMarked
package dev.caravan.operate.preflight;

import org.jspecify.annotations.NullMarked;
