/** What every stand-in needs to listen and to stop cleanly. Fed by the stand-ins' packages with what they start; feeds them connections. */
@NullMarked
package dev.caravan.sandbox.parts;

import org.jspecify.annotations.NullMarked;
