/**
 * What {@code routes/} says while Caravan runs. Fed by edits of its files, if {@code caravan.reload} is on; feeds Camel's routes, and health with what is
 * missing of them or was refused.
 */
@NullMarked
package dev.caravan.operate.reload;

import org.jspecify.annotations.NullMarked;
