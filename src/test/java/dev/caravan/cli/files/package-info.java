/** Tests of the commands about files. */
@NullMarked
package dev.caravan.cli.files;

import org.jspecify.annotations.NullMarked;
