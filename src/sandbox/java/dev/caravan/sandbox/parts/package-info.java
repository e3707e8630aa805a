/** What every stand-in needs: to listen, to stop cleanly, to write a file or an answer, to be of one account. Fed by the stand-ins' packages with what they start; feeds them connections. */
@NullMarked
package dev.caravan.sandbox.parts;

import org.jspecify.annotations.NullMarked;
