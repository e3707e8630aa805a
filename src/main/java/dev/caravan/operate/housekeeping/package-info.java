/** What the routes of {@code routes/housekeeping/} do to the tables of feeds and syncs when no load needs them. Fed by a schedule; feeds the clusters. */
@NullMarked
package dev.caravan.operate.housekeeping;

import org.jspecify.annotations.NullMarked;
