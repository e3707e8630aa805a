package dev.caravan.operate.log;

import dev.caravan.base.Shown;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolver;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolverContext;
import org.apache.logging.log4j.layout.template.json.resolver.EventResolverFactory;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolver;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolverConfig;
import org.apache.logging.log4j.layout.template.json.resolver.TemplateResolverFactory;
import org.apache.logging.log4j.layout.template.json.util.JsonWriter;

/** {@code {"$resolver": "shown", "field": "message"}}, or {@code "error"} for the exception's message: the same text as {@code %shown} writes. */
@Plugin(name = "ShownResolverFactory", category = TemplateResolverFactory.CATEGORY)
public final class ShownResolverFactory implements EventResolverFactory {
    private static final ShownResolverFactory INSTANCE = new ShownResolverFactory();

    private ShownResolverFactory() {}

    /** Called by log4j. */
    @PluginFactory
    public static ShownResolverFactory getInstance() {
        return INSTANCE;
    }

    @Override
    public String getName() {
        return "shown";
    }

    @Override
    public TemplateResolver<LogEvent> create(EventResolverContext context, TemplateResolverConfig config) {
        String field = Objects.requireNonNullElse(config.getString("field"), "");
        return switch (field) {
            case "message" ->
                new Resolver(event -> Optional.of(event.getMessage().getFormattedMessage()));
            case "error" ->
                new Resolver(event -> Optional.ofNullable(event.getThrown()).map(Throwable::getMessage));
            default ->
                throw new IllegalArgumentException(
                        "resolver shown knows the fields message and error, not '" + field + "'");
        };
    }

    private record Resolver(Function<LogEvent, Optional<String>> text) implements EventResolver {
        @Override
        public boolean isResolvable(LogEvent event) {
            return text.apply(event).isPresent();
        }

        @Override
        public void resolve(LogEvent event, JsonWriter json) {
            json.writeString(Shown.line(text.apply(event).orElse("")));
        }
    }
}
