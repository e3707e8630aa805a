/**
 * Whether a feed would load, asked of everything on its way. Fed by settings, feeds, AWS and the clusters; feeds {@code cli} with findings.
 */
@NullMarked
package dev.caravan.preflight;

import org.jspecify.annotations.NullMarked;
