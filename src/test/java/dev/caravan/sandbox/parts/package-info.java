/** What every stand-in needs to stop cleanly. Fed by {@code sandbox.aws} and {@code sandbox.redshift} with what they start. */
@NullMarked
package dev.caravan.sandbox.parts;

import org.jspecify.annotations.NullMarked;
