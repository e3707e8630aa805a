/**
 * Functions that Redshift has and PostgreSQL hasn't, or has otherwise. Fed by nothing; feeds the database that stands in for Redshift with DDL.
 */
@NullMarked
package dev.caravan.sandbox.redshift.functions;

import org.jspecify.annotations.NullMarked;
