/**
 * What Caravan needs in AWS and in its clusters: which of it is there, and how the rest comes to be. Fed by settings and feeds; feeds {@code
 * cli.install} with steps and {@code operate.preflight} with what it finds.
 */
@NullMarked
package dev.caravan.operate.setup;

import org.jspecify.annotations.NullMarked;
