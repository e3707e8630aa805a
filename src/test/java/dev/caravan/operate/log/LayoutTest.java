package dev.caravan.operate.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.base.HostileTexts;
import dev.caravan.base.Shown;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.jspecify.annotations.Nullable;

/** Every shipped layout writes one line, whoever wrote the message or the exception's. */
class LayoutTest {
    private static final List<String> SHIPPED = List.of(
            "log4j2.properties",
            "log4j2-command.properties",
            "log4j2-json.properties",
            "log4j2-test.xml",
            "log4j2-sandbox.xml");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Layout<?>> layouts =
            SHIPPED.stream().<Layout<?>>map(LayoutTest::layout).toList();

    @Example
    void aForgedLineStaysInItsLine_andIsReadable() {
        LogEvent event = event("s3://landing/a\n2026-01-01 ERROR all is lost\u001b[2J", new IOException("key\r\nnext"));
        assertThat(line(layouts.get(0), event))
                .endsWith("Parked: s3://landing/a\\n2026-01-01 ERROR all is lost\\u001b[2J | key\\r\\nnext\n");
    }

    @Example
    void aLoggersNameIsWhole() {
        LogEvent event = Log4jLogEvent.newBuilder()
                .setLoggerName("dev.caravan.ledger.camel.DynamoDbAggregationRepository")
                .setLevel(Level.INFO)
                .setMessage(new ParameterizedMessage("said", new Object[0], null))
                .build();
        for (int i : new int[] {0, 2, 3, 4}) {
            assertThat(line(layouts.get(i), event)).as(SHIPPED.get(i)).contains("DynamoDbAggregationRepository");
        }
    }

    @Example
    void bothLogsHaveTheSameLevels() throws IOException {
        assertThat(levels("log4j2-json.properties"))
                .isEqualTo(levels("log4j2.properties"))
                .containsEntry("logger.context.level", "off");
    }

    private static Map<Object, Object> levels(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources", file))) {
            properties.load(reader);
        }
        properties.keySet().removeIf(key -> !key.toString().startsWith("logger."));
        return properties;
    }

    @Property(tries = 300)
    void anyTextIsOneVisibleLine(@ForAll("pairs") Tuple2<String, String> texts) throws Exception {
        LogEvent event = event(texts.get1(), new IOException(texts.get2()));
        for (Layout<?> layout : layouts) {
            String line = line(layout, event);
            assertThat(line).endsWith("\n");
            String text = line.substring(0, line.length() - 1);
            assertThat(Shown.isPlain(text)).as(text).isTrue();
            assertThat(text).contains("Parked: ");
        }
        JsonNode json = JSON.readTree(line(layouts.get(2), event));
        assertThat(json.path("message").asText()).isEqualTo(Shown.line("Parked: " + texts.get1()));
        assertThat(json.path("error").asText()).isEqualTo(Shown.line(texts.get2()));
    }

    @Example
    void withoutAnExceptionJsonHasNoError() throws Exception {
        JsonNode json = JSON.readTree(line(layouts.get(2), event("a", null)));
        assertThat(json.has("error")).isFalse();
    }

    @Provide
    Arbitrary<Tuple2<String, String>> pairs() {
        Arbitrary<String> any = Arbitraries.oneOf(HostileTexts.keys(), Arbitraries.strings());
        return Combinators.combine(any, any).as(Tuple::of);
    }

    private static LogEvent event(String text, @Nullable Throwable thrown) {
        return Log4jLogEvent.newBuilder()
                .setLoggerName("dev.caravan.pipeline.s3toredshift.ParkSteps")
                .setLevel(Level.WARN)
                .setMessage(new ParameterizedMessage("Parked: {}", new Object[] {text}, null))
                .setThrown(thrown)
                .build();
    }

    private static String line(Layout<?> layout, LogEvent event) {
        return Objects.requireNonNull(layout.toSerializable(event)).toString();
    }

    private static Layout<?> layout(String file) {
        URI uri = Path.of("target", file.matches(".*(test|sandbox).*") ? "test-classes" : "classes", file)
                .toUri();
        try (LoggerContext context = new LoggerContext(file)) {
            AbstractConfiguration configuration =
                    (AbstractConfiguration) ConfigurationFactory.getInstance().getConfiguration(context, file, uri);
            configuration.initialize();
            return configuration.getAppenders().values().iterator().next().getLayout();
        }
    }
}
