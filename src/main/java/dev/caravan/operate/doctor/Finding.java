package dev.caravan.operate.doctor;

import dev.caravan.operate.doctor.trial.Proof;
import dev.caravan.operate.doctor.trial.Result;
import java.time.Duration;

/**
 * One line of the report.
 *
 * @param took how long the attempt lasted
 */
public record Finding(Proof proof, Result result, Duration took) {}
