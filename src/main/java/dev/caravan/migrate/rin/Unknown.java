package dev.caravan.migrate.rin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keys of a configuration that Rin doesn't know, and the few that need nothing here. */
final class Unknown {
    private static final Set<String> TOP =
            Set.of("queue_name", "targets", "credentials", "redshift", "s3", "sql_option");
    private static final Set<String> CREDENTIALS =
            Set.of("aws_access_key_id", "aws_secret_access_key", "aws_region", "aws_iam_role");
    private static final Set<String> TARGET = Set.of("redshift", "s3", "sql_option", "break", "discard");
    private static final Set<String> S3 = Set.of("region", "bucket", "key_prefix", "key_regexp");
    private static final Set<String> REDSHIFT = Set.of(
            "driver",
            "host",
            "port",
            "cluster",
            "workgroup",
            "dbname",
            "user",
            "password",
            "schema",
            "table",
            "reconnect_on_error");

    private Unknown() {}

    /** A sentence for each. */
    static List<String> keys(Section config) {
        List<String> steps = new ArrayList<>();
        add(steps, "", config, TOP);
        add(steps, "credentials.", config.section("credentials"), CREDENTIALS);
        add(steps, "redshift.", config.section("redshift"), REDSHIFT);
        add(steps, "s3.", config.section("s3"), S3);
        int number = 0;
        for (Section target : config.list("targets")) {
            String of = "targets[" + ++number + "].";
            add(steps, of, target, TARGET);
            add(steps, of + "redshift.", target.section("redshift"), REDSHIFT);
            add(steps, of + "s3.", target.section("s3"), S3);
        }
        return steps;
    }

    private static void add(List<String> steps, String of, Section section, Set<String> known) {
        for (String name : section.values().keySet()) {
            if (!known.contains(name)) {
                steps.add(of + name + ": not known, and not taken over");
            } else if (name.equals("reconnect_on_error")) {
                steps.add(of + name + ": needs nothing here, a connection that is broken is replaced");
            }
        }
    }
}
