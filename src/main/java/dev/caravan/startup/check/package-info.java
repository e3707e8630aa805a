/**
 * The configuration, read before anything is started: every name, bean, setting and placeholder that can't be right, all at once, with file and
 * key. Fed by {@code application.properties}, the environment and {@code routes/}; feeds {@code startup} with faults.
 */
@NullMarked
package dev.caravan.startup.check;

import org.jspecify.annotations.NullMarked;
