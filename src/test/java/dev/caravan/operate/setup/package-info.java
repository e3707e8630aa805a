/** Tests of what is read from AWS's configurations, and of the policies. */
@NullMarked
package dev.caravan.operate.setup;

import org.jspecify.annotations.NullMarked;
