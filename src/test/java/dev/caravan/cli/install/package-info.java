/** Tests of setup, check, doctor and run. */
@NullMarked
package dev.caravan.cli.install;

import org.jspecify.annotations.NullMarked;
