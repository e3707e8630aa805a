package dev.caravan.cli;

import java.util.Objects;
import org.apache.camel.main.Main;
import picocli.CommandLine.IVersionProvider;

/** Which Caravan this is, and on what it runs. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Caravan " + of(Version.class) + ", Camel " + of(Main.class) + ", Java "
                    + Runtime.version().feature()
        };
    }

    /** Only jars know their version. */
    private static String of(Class<?> type) {
        return Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), "(not packaged)");
    }
}
