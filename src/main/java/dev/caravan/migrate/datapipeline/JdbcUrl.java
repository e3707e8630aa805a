package dev.caravan.migrate.datapipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection string, taken apart; a user or password in it is not taken.
 *
 * @param kind {@code mysql}, {@code mariadb}, {@code postgresql} or {@code redshift}
 * @param hosts one, or several separated by commas, each with its port if it has one
 * @param database may be empty
 * @param parameters those behind the question mark, each as {@code name=value}
 */
record JdbcUrl(String kind, String hosts, String database, List<String> parameters) {
    private static final String HOST = "(?:[\\w.-]+|\\[[0-9A-Fa-f:]+])(?::\\d{1,5})?";
    private static final Pattern URL = Pattern.compile("jdbc:(mysql|mariadb|postgresql|redshift)://(?:[^@/?]*@)?("
            + HOST + "(?:," + HOST + ")*)" + "(?:/([\\w$.-]*))?(?:[?;](.*))?");
    private static final Pattern HARMLESS =
            Pattern.compile("(?i)(?!.*(?:pass|pwd|secret|token|key|user|uid|cred))[\\w.]+");
    private static final Pattern VALUE = Pattern.compile("[\\w.:/,+-]*");

    /** Empty if it is another database's, or no connection string that is understood. */
    static Optional<JdbcUrl> of(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        if (url.group(4) != null) {
            parameters.addAll(List.of(url.group(4).split("[&;]")));
            parameters.removeIf(String::isBlank);
        }
        return Optional.of(new JdbcUrl(
                url.group(1), url.group(2), url.group(3) == null ? "" : url.group(3), List.copyOf(parameters)));
    }

    boolean isMySql() {
        return kind.equals("mysql") || kind.equals("mariadb");
    }

    String host() {
        return hosts.replaceFirst(":\\d*$", "");
    }

    String port(String otherwise) {
        return hosts.matches(".*:\\d+") ? hosts.substring(hosts.lastIndexOf(':') + 1) : otherwise;
    }

    /** PostgreSQL's parameters that are no secrets; those of MySQL's driver mean nothing to MariaDB's. */
    String kept() {
        List<String> kept = parameters.stream().filter(this::isKept).toList();
        return kept.isEmpty() ? "" : "?" + String.join("&", kept);
    }

    /** The names of the others; what isn't written as {@code name=value} may be a part of a password. */
    List<String> leftOut() {
        return parameters.stream()
                .filter(parameter -> !isKept(parameter))
                .map(JdbcUrl::name)
                .filter(name -> name.matches("[A-Za-z][\\w.]*"))
                .toList();
    }

    private boolean isKept(String parameter) {
        return kind.equals("postgresql")
                && parameters.stream()
                        .allMatch(any -> HARMLESS.matcher(name(any)).matches())
                && VALUE.matcher(parameter.substring(parameter.indexOf('=') + 1))
                        .matches();
    }

    /** Empty if it has none. */
    private static String name(String parameter) {
        return parameter.substring(0, Math.max(0, parameter.indexOf('=')));
    }
}
