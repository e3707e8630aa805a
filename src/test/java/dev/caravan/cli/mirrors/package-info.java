/** {@code caravan mirror}, {@code list mirrors} and {@code describe mirror}. */
@NullMarked
package dev.caravan.cli.mirrors;

import org.jspecify.annotations.NullMarked;
