/** Tests of manifests. */
@NullMarked
package dev.caravan.load.manifest;

import org.jspecify.annotations.NullMarked;
