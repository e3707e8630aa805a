/** Tests of the command line: what a person types, reads, and has done. */
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
