/** Whether events are received now, and how they are deleted. Fed by route {@code receive} and by what goes wrong in it; feeds the route's consumer. */
@NullMarked
package dev.caravan.s3.intake;

import org.jspecify.annotations.NullMarked;
