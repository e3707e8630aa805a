package dev.caravan.operate.doctor.trial;

/**
 * What could not be taken away again.
 *
 * @param why what went wrong
 * @param command what takes it away: SQL for the cluster, or a command for a shell
 */
public record Leftover(String why, String command) {}
