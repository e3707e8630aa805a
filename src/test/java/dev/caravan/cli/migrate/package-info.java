/** Tests of the commands for whoever comes from another loader. */
@NullMarked
package dev.caravan.cli.migrate;

import org.jspecify.annotations.NullMarked;
