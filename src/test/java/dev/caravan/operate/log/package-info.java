@NullMarked
package dev.caravan.operate.log;

import org.jspecify.annotations.NullMarked;
