@NullMarked
package dev.caravan.migrate.draft;

import org.jspecify.annotations.NullMarked;
