@NullMarked
package dev.caravan.base.aws;

import org.jspecify.annotations.NullMarked;
