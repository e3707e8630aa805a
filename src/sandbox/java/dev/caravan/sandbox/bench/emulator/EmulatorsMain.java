package dev.caravan.sandbox.bench.emulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.bench.count.CallCounter;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/** The emulators' process: a sandbox that counts. It prints where everything is, and ends when its standard input does. */
final class EmulatorsMain {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EmulatorsMain() {}

    /** @param arguments milliseconds that each AWS call takes longer, and the fault rules that stand from the start */
    public static void main(String... arguments) throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts().withFaultyAws())) {
            CallCounter counter = new CallCounter(Duration.ofMillis(Long.parseLong(arguments[0])));
            for (int i = 1; i < arguments.length; i++) {
                sandbox.redshift().faults().reading(arguments[i]).run();
            }
            sandbox.observe(counter);
            HttpServer control = HttpServer.create(Loopback.address(0), 0);
            answer(control, "/counts", counter::snapshot);
            answer(control, "/acks", counter::acks);
            answer(control, "/reset", () -> {
                counter.reset();
                return "";
            });
            control.start();
            System.out.println(JSON.writeValueAsString(new Whereabouts(
                    sandbox.environment(),
                    sandbox.direct(),
                    sandbox.landing(),
                    control.getAddress().getPort())));
            System.out.flush();
            int ended = System.in.read();
            if (ended >= 0) {
                System.err.println("The emulators were told something that they don't understand, and stop.");
            }
            control.stop(0);
        }
        System.exit(0);
    }

    private static void answer(HttpServer control, String path, Callable<Object> what) {
        control.createContext(path, exchange -> answer(exchange, what));
    }

    private static void answer(HttpExchange exchange, Callable<Object> what) throws IOException {
        try (exchange) {
            byte[] bytes = JSON.writeValueAsString(what.call()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
