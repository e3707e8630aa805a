/**
 * The sandbox: local stand-ins for the services that Caravan uses, all on 127.0.0.1 and in one JVM. Fed by
 * {@link dev.caravan.sandbox.SandboxOptions} (tests) or the command line ({@link dev.caravan.sandbox.SandboxCommand}); feeds
 * tests with ready-made clients, and every other tool with the environment variables that point it here.
 */
@NullMarked
package dev.caravan.sandbox;

import org.jspecify.annotations.NullMarked;
