package dev.caravan.doctor;

import java.time.Duration;

/**
 * One line of the report.
 *
 * @param took how long the attempt lasted
 */
public record Finding(Proof proof, Result result, Duration took) {}
