/** Tests of what commands share. */
@NullMarked
package dev.caravan.cli.shell;

import org.jspecify.annotations.NullMarked;
