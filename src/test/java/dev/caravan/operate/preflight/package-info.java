@NullMarked
package dev.caravan.operate.preflight;

import org.jspecify.annotations.NullMarked;
