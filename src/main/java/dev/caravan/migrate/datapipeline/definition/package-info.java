/**
 * The definition of a pipeline of AWS Data Pipeline: its objects, which name one another and inherit, its parameters, and expressions with values in
 * their place. Fed by JSON; feeds {@code migrate.datapipeline}.
 */
@NullMarked
package dev.caravan.migrate.datapipeline.definition;

import org.jspecify.annotations.NullMarked;
