package dev.caravan.sandbox.bench.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A way to read the table.
 *
 * @param name for people
 * @param sql for the server to write the file itself; empty if a program reads
 * @param program and its arguments
 * @param environment what it is told beside
 */
record Way(String name, String sql, List<String> program, Map<String, String> environment) {
    private static final String TABLE = SampleTable.SCHEMA + "." + SampleTable.NAME;

    /** Ours, and what a user would run instead; each writes into the folder. */
    static List<Way> of(Server server, Path folder, Path mariaDbDump) {
        String to = folder.toAbsolutePath().toString();
        List<Way> ways = new ArrayList<>();
        if (server.isMariaDb()) {
            ways.add(bySql(
                    "the server's own INTO OUTFILE",
                    "SELECT * FROM " + TABLE + " INTO OUTFILE '" + to
                            + "/rows' FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'"));
        } else {
            ways.add(bySql("the server's own COPY TO a file", "COPY " + TABLE + " TO '" + to + "/rows' (FORMAT csv)"));
        }
        ways.add(java("Caravan", "1", "-Xmx64m", server, to));
        ways.add(java("Caravan, parallel 2", "2", "-Xmx64m", server, to));
        ways.add(
                server.isMariaDb()
                        ? shell(
                                "mariadb-dump | gzip",
                                dump(server, mariaDbDump) + " | gzip > '" + to + "/rows.gz'",
                                server)
                        : shell(
                                "psql copy | gzip",
                                "psql '" + server.database().url().substring("jdbc:".length())
                                        + "' -qc 'COPY " + TABLE + " TO STDOUT (FORMAT csv)' | gzip > '" + to
                                        + "/rows.gz'",
                                server));
        ways.add(java("camel-jdbc, rows in one step", ReadTable.CAMEL_JDBC, "-Xmx256m", server, to));
        ways.add(java("camel-jdbc, split by row", ReadTable.CAMEL_JDBC_SPLIT, "-Xmx256m", server, to));
        return ways;
    }

    private static String dump(Server server, Path program) {
        String address =
                server.database().url().replaceAll("^jdbc:mariadb://", "").replaceAll("/.*", "");
        String[] parts = address.split(":", 2);
        return "'" + program.toAbsolutePath() + "' --no-defaults --skip-ssl --single-transaction --host=" + parts[0]
                + " --port="
                + parts[1] + " --user=\"$" + ReadTable.USER + "\" --password=\"$" + ReadTable.PASSWORD + "\" "
                + SampleTable.SCHEMA + " " + SampleTable.NAME;
    }

    private static Way bySql(String name, String sql) {
        return new Way(name, sql, List.of(), Map.of());
    }

    private static Way shell(String name, String script, Server server) {
        return new Way(name, "", List.of("bash", "-c", "set -eo pipefail; " + script), account(server));
    }

    private static Way java(String name, String how, String heap, Server server, String folder) {
        return new Way(
                name,
                "",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadTable.class.getName(),
                        how,
                        server.database().url(),
                        folder),
                account(server));
    }

    private static Map<String, String> account(Server server) {
        return Map.of(
                ReadTable.USER,
                server.database().user(),
                ReadTable.PASSWORD,
                server.database().password());
    }
}
