/** What Caravan's own settings are: the only place that says so. Fed by nothing; feeds start-up, which reads them, the command that describes them, and the reference. */
@NullMarked
package dev.caravan.startup.setting;

import org.jspecify.annotations.NullMarked;
