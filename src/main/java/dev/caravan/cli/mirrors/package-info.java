/** Commands about mirrors. Fed by what a person types; feeds the ledger with runs that are asked for, and a terminal with what is known of them. */
@NullMarked
package dev.caravan.cli.mirrors;

import org.jspecify.annotations.NullMarked;
