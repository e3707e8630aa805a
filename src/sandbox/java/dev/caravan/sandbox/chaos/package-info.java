/**
 * Chaos: many files, several instances of the packaged jar, and everything that goes wrong in production, at once and from one seed;
 * then a count in SQL of every row of every file. Fed by the command line; feeds S3, SQS and the faults of the sandbox, and its reader with figures.
 * What a run may have beside the usual faults, and what is switched off, stands in {@link dev.caravan.sandbox.chaos.plan.Ingredient}; a new one is planned in {@code FilePlan} or {@code IngredientPlan},
 * done by {@code Interferences} if it isn't a fault rule, and judged in {@code FileCheck}, {@code OverwriteCheck} or {@code MergeCheck}: by what was put into S3 and what SQL finds, never by Caravan's word.
 */
@NullMarked
package dev.caravan.sandbox.chaos;

import org.jspecify.annotations.NullMarked;
