/**
 * The packaged process is killed at every step of a batch's life. Fed by the sandbox, whose observer sees each step; feeds
 * nothing. Start reading with {@link dev.caravan.crash.CrashMatrixIT}; to add a way in which a batch may live, add a
 * {@link dev.caravan.crash.Scenario}.
 */
@NullMarked
package dev.caravan.crash;

import org.jspecify.annotations.NullMarked;
