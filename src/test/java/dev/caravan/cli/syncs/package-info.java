/** {@code caravan sync}, {@code list syncs} and {@code describe sync}. */
@NullMarked
package dev.caravan.cli.syncs;

import org.jspecify.annotations.NullMarked;
