/** The proofs, one a class: each runs the SQL of real loads in a schema of its own. Fed by {@code operate.doctor}; feeds it with results. */
@NullMarked
package dev.caravan.operate.doctor.trial;

import org.jspecify.annotations.NullMarked;
