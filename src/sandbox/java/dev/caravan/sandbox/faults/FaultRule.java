package dev.caravan.sandbox.faults;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * When a fault strikes.
 *
 * @param name the fault as the rule's text names it
 * @param match found in what the fault's occasion names, in any case of letters: a statement, an object's URL, a request
 * @param times how often it strikes; 0 is until cleared
 * @param skip how many occasions pass before
 * @param pause for the slow ones
 * @param rows for those within a COPY: after how many rows
 * @param rate the share of occasions, 0 to 1, that it strikes, by chance
 */
public record FaultRule<F>(
        F fault, String name, Pattern match, int times, int skip, Duration pause, long rows, double rate) {}
