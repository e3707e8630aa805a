/**
 * Failures on request, and PostgreSQL's errors in Redshift's words. Fed by fault rules and by what the backend answers; feeds the sessions, which
 * fail as told.
 */
@NullMarked
package dev.caravan.sandbox.redshift.fault;

import org.jspecify.annotations.NullMarked;
