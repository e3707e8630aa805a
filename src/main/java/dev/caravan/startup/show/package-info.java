/**
 * What an instance shows of itself once it has started: lines in the log, health, metrics, and messages of clusters that are held. Fed by
 * {@code startup}, which puts it together; feeds whoever watches the instance.
 */
@NullMarked
package dev.caravan.startup.show;

import org.jspecify.annotations.NullMarked;
