/**
 * What happens before the first event: beans are put together, and the configuration is checked as a whole. Fed by
 * {@code application.properties} and {@code routes/}; feeds the routes with beans, or a person with every fault at once.
 */
@NullMarked
package dev.caravan.startup;

import org.jspecify.annotations.NullMarked;
