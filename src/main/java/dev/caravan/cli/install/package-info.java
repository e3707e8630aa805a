/** Commands for the first day and for a run to its end: setup, check, doctor, run. Fed by the configuration; feeds AWS, the clusters and a terminal. */
@NullMarked
package dev.caravan.cli.install;

import org.jspecify.annotations.NullMarked;
