/**
 * What the commands of a checkout share: the packaged jar as a process, its commands, what a person is told meanwhile, and the end of whatever a run
 * has started. Fed by {@code sandbox.demo}, {@code sandbox.chaos} and tests of the jar; feeds nothing.
 */
@NullMarked
package dev.caravan.sandbox.run;

import org.jspecify.annotations.NullMarked;
