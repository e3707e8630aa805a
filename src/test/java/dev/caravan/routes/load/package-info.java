/** Tests of loads that go well, by the shipped routes: formats, ways to write, what a feed may say. */
@NullMarked
package dev.caravan.routes.load;

import org.jspecify.annotations.NullMarked;
