/** Tests of what the shipped routes do when something goes wrong: bad files, clusters that are away, events that nobody wants. */
@NullMarked
package dev.caravan.routes.trouble;

import org.jspecify.annotations.NullMarked;
