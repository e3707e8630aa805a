/**
 * What all stand-ins share to fail on request and to be watched: the text of a rule, the rules in force, {@code /faults}, and
 * the {@link dev.caravan.sandbox.faults.Observer}. Fed by tests and by HTTP; feeds {@code sandbox.redshift} and
 * {@code sandbox.aws.proxy}, which ask it at every occasion.
 */
@NullMarked
package dev.caravan.sandbox.faults;

import org.jspecify.annotations.NullMarked;
