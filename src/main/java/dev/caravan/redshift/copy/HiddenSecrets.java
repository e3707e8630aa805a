package dev.caravan.redshift.copy;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps secrets out of SQL until the driver gets it: in their place stands a mark that nobody can guess, so that whatever carries, logs or shows a
 * statement has nothing to hide. Made by {@link CopyStatement}, undone by the clusters' pools.
 */
public final class HiddenSecrets {
    private static final int BITS = 128;
    private static final int SESSIONS_REMEMBERED = 8;
    private static final String SHOWN = "***";

    private final String mark;
    private final Pattern marks;
    private final Supplier<Keys> session;
    private final Map<String, String> markOf = new ConcurrentHashMap<>();
    private final Map<String, String> textOf = new ConcurrentHashMap<>();
    private final Deque<Keys> sessions = new ArrayDeque<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** @param session the application's own keys, asked for each statement that needs them; may throw what a load's failure is to be */
    public HiddenSecrets(Supplier<Keys> session) {
        this.session = session;
        byte[] random = new byte[BITS / Byte.SIZE];
        new SecureRandom().nextBytes(random);
        mark = "hidden-" + HexFormat.of().formatHex(random) + "-";
        marks = Pattern.compile(mark + "(?:session|\\d+)");
    }

    /** AWS access keys; those of a session have a token. */
    public record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
        /** As COPY's CREDENTIALS has them. */
        String text() {
            return "aws_access_key_id=" + accessKeyId + ";aws_secret_access_key=" + secretAccessKey
                    + sessionToken.map(token -> ";token=" + token).orElse("");
        }

        Stream<String> secrets() {
            return Stream.concat(Stream.of(accessKeyId, secretAccessKey), sessionToken.stream());
        }

        /** Never the keys. */
        @Override
        public String toString() {
            return "Keys";
        }
    }

    /** What stands for a secret. */
    String hide(String secret) {
        return markOf.computeIfAbsent(secret, text -> {
            String mine = mark + numbers.incrementAndGet();
            textOf.put(mine, text);
            return mine;
        });
    }

    /** What stands for keys. */
    String hide(Keys keys) {
        keys.secrets().forEach(this::hide);
        return hide(keys.text());
    }

    /** What stands for the keys that the application has when the statement is run. */
    String session() {
        return mark + "session";
    }

    /** The SQL as the cluster is to get it; marks stand within quotes. */
    public String reveal(String sql) {
        if (!sql.contains(mark)) {
            return sql;
        }
        Optional<String> own = sql.contains(session()) ? Optional.of(ownKeys().text()) : Optional.empty();
        return marks.matcher(sql).replaceAll(found -> {
            String text = found.group().equals(session()) ? own.orElseThrow() : textOf.getOrDefault(found.group(), "");
            return Matcher.quoteReplacement(escaped(text));
        });
    }

    private Keys ownKeys() {
        Keys keys = session.get();
        synchronized (sessions) {
            if (!sessions.contains(keys)) {
                sessions.addFirst(keys);
            }
            while (sessions.size() > SESSIONS_REMEMBERED) {
                sessions.removeLast();
            }
        }
        return keys;
    }

    /** A text that others wrote, for example a cluster that repeats the statement, without any secret that was hidden. */
    public String conceal(String text) {
        Collection<String> secrets = new ArrayList<>(markOf.keySet());
        synchronized (sessions) {
            sessions.stream().flatMap(Keys::secrets).forEach(secrets::add);
        }
        String concealed = text;
        for (String secret : secrets) {
            for (String written : List.of(secret, escaped(secret))) {
                concealed = concealed.replace(written, SHOWN);
            }
        }
        return concealed;
    }

    private static String escaped(String text) {
        String literal = SqlText.literal(text);
        return literal.substring(1, literal.length() - 1);
    }
}
