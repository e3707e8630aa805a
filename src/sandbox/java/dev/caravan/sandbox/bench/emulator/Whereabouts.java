package dev.caravan.sandbox.bench.emulator;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.aws.AwsPorts;
import java.util.Map;

/**
 * Where the emulators are.
 *
 * @param environment points the product at them; what goes there is counted and delayed
 * @param direct the ports at which nothing is counted
 * @param control the port at which the counts are asked for
 */
record Whereabouts(Map<String, String> environment, AwsPorts direct, Landing landing, int control) {}
