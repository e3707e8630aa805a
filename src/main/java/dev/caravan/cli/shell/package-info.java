/** What commands share: what they begin with, ask and print, and the names and times that a person types. Fed by {@code picocli}; feeds every command. */
@NullMarked
package dev.caravan.cli.shell;

import org.jspecify.annotations.NullMarked;
