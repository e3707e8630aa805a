@NullMarked
package dev.caravan.draft;

import org.jspecify.annotations.NullMarked;
