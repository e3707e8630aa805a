/**
 * What a chaos run does, decided before it begins and from its seed: feeds, files, overwrites and troubles. Fed by the options of the command line;
 * feeds the run, which does it, and the checks, which know from it what has to come out.
 */
@NullMarked
package dev.caravan.sandbox.chaos.plan;

import org.jspecify.annotations.NullMarked;
