package dev.caravan.operate.log;

import dev.caravan.base.Shown;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;
import org.apache.logging.log4j.core.pattern.PatternFormatter;

/** {@code %shown{pattern}}: on one line, with every character visible. */
@Plugin(name = "shown", category = PatternConverter.CATEGORY)
@ConverterKeys("shown")
public final class ShownConverter extends LogEventPatternConverter {
    private final List<PatternFormatter> formatters;

    private ShownConverter(List<PatternFormatter> formatters) {
        super("shown", "shown");
        this.formatters = List.copyOf(formatters);
    }

    /** Called by log4j with what stands in braces. */
    public static ShownConverter newInstance(Configuration configuration, String[] options) {
        if (options.length != 1) {
            throw new IllegalArgumentException("%shown wants one pattern in braces: %shown{%m}");
        }
        return new ShownConverter(
                PatternLayout.createPatternParser(configuration).parse(options[0]));
    }

    @Override
    public boolean handlesThrowable() {
        return formatters.stream().anyMatch(PatternFormatter::handlesThrowable);
    }

    @Override
    public void format(LogEvent event, StringBuilder to) {
        StringBuilder text = new StringBuilder();
        formatters.forEach(formatter -> formatter.format(event, text));
        to.append(Shown.line(text.toString()));
    }
}
