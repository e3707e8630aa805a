/** Tests of the command that shows how everything is. */
@NullMarked
package dev.caravan.cli.status;

import org.jspecify.annotations.NullMarked;
