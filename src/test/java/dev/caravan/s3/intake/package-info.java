/** Tests of receiving and deleting events. */
@NullMarked
package dev.caravan.s3.intake;

import org.jspecify.annotations.NullMarked;
