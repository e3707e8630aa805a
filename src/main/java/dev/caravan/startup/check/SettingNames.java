package dev.caravan.startup.check;

import dev.caravan.base.property.Property;
import dev.caravan.startup.setting.AllSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of all of Caravan's own settings, so that any other is known to be misspelt. */
public final class SettingNames {
    /** Where they stand. */
    public static final String FILE = "application.properties";

    /** What the names of all of them begin with. */
    static final String PREFIX = "caravan.";

    /** What the environment variables that override them begin with. */
    static final String VARIABLE_PREFIX = "CARAVAN_";

    static final List<String> ALL =
            AllSettings.ALL.all().stream().map(Property::name).toList();

    /** What Kubernetes sets in every pod beside a service whose name begins with caravan ("Environment variables" of its page on services). */
    private static final Pattern OF_KUBERNETES = Pattern.compile(
            "CARAVAN_(\\w+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    private SettingNames() {}

    /** The environment variable that overrides a setting. */
    public static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** The variable of an environment that says a setting of Caravan's, if one does. */
    public static Optional<String> variableInForce(String setting, Set<String> environment) {
        return Optional.of(setting)
                .filter(ALL::contains)
                .map(SettingNames::variable)
                .filter(environment::contains);
    }

    /** Whether it is no person's doing that the variable is there. */
    static boolean isOfKubernetes(String variable) {
        return OF_KUBERNETES.matcher(variable).matches();
    }
}
