/**
 * What a load writes to, in words that are checked before they reach SQL: names of tables and columns, formats, options, write modes, hooks. Fed by
 * whatever describes a target; feeds {@code redshift.copy}.
 */
@NullMarked
package dev.caravan.redshift.target;

import org.jspecify.annotations.NullMarked;
