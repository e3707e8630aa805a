package dev.caravan.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.startup.check.ConfigurationFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.io.TempDir;

/** A start with the files and settings that a test writes. */
abstract class ConfiguredStart {
    static final String GOOD_FEED = """
            - beans:
                - name: web
                  type: dev.caravan.feed.Feed
                  properties:
                    prefix: landing/web/
                    table: public.web_log
            """;

    final Map<String, String> properties = new LinkedHashMap<>();

    @TempDir
    Path folder;

    CamelContext started = new DefaultCamelContext();

    List<String> faults() {
        Throwable thrown = catchThrowable(this::start);
        while (thrown != null && !(thrown instanceof ConfigurationFaults)) {
            thrown = thrown.getCause();
        }
        assertThat(thrown).isInstanceOf(ConfigurationFaults.class);
        List<String> faults = thrown instanceof ConfigurationFaults found ? found.faults() : List.of();
        assertThat(String.valueOf(thrown)).contains(faults);
        return faults;
    }

    void feeds(String yaml) throws IOException {
        Files.writeString(folder.resolve("feeds.camel.yaml"), yaml);
    }

    void start() {
        Landing landing = SharedSandbox.landing();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("file:application.properties");
        main.addOverrideProperty("caravan.queue", landing.queueName());
        main.addOverrideProperty("caravan.dead-letter-queue", landing.deadLetterQueueName());
        main.addOverrideProperty("caravan.s3.path-style", "true");
        main.addOverrideProperty("caravan.receive-wait-seconds", "1");
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addOverrideProperty("camel.main.routesIncludePattern", "file:" + folder + "/*.camel.yaml");
        properties.forEach(main::addOverrideProperty);
        try {
            main.start();
        } finally {
            started = main.getCamelContext();
            main.stop();
        }
    }
}
