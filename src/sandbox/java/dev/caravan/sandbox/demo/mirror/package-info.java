/**
 * The demo's third act: a table of the sandbox's Redshift that stands in an application's PostgreSQL, kept there by the shipped jar and routes, and
 * compared with it. Fed by the command line and by sample rows; feeds both databases, and its reader with what happens.
 */
@NullMarked
package dev.caravan.sandbox.demo.mirror;

import org.jspecify.annotations.NullMarked;
