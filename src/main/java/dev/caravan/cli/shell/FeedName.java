package dev.caravan.cli.shell;

import dev.caravan.base.Nearest;
import dev.caravan.feed.Feed;
import dev.caravan.startup.Installation;
import java.util.Set;
import java.util.TreeSet;

/** The name of a feed, as a person typed it. */
public final class FeedName {
    private FeedName() {}

    /**
     * The feed that is configured under a name.
     *
     * @throws CommandFailed if there is none, with the name that was probably meant
     */
    public static Feed configured(Installation installation, String name) throws CommandFailed {
        var feed = installation.feeds().named(name);
        if (feed.isEmpty()) {
            throw unknown(name, names(installation));
        }
        return feed.get();
    }

    /** A name under which a feed is configured, or has batches in the ledger, although it is configured no more. */
    public static String known(Installation installation, String name) throws CommandFailed {
        Set<String> names = names(installation);
        if (!names.contains(name)) {
            names.addAll(installation.reader().busyFeeds());
            if (!names.contains(name) && !installation.reader().hasBatches(name)) {
                throw unknown(name, names);
            }
        }
        return name;
    }

    private static Set<String> names(Installation installation) {
        Set<String> names = new TreeSet<>();
        installation.feeds().all().forEach(feed -> names.add(feed.name()));
        return names;
    }

    private static CommandFailed unknown(String name, Set<String> names) {
        return new CommandFailed("there is no feed '" + name + "': "
                + Nearest.hint(name, names)
                        .orElse(names.isEmpty() ? "routes/ has none" : "there are " + String.join(", ", names)));
    }
}
