package dev.caravan.sandbox.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.redshift.Quirk;
import dev.caravan.sandbox.redshift.Quirks;
import dev.caravan.sandbox.redshift.sql.Lexer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** The operations. */
final class DataApiActions implements AutoCloseable {
    private static final int MOST_STATEMENTS = 40;
    private static final int LONGEST_STATEMENT = 100_000;
    private static final int PAGE = 100;
    private static final Pattern TRANSACTION = Pattern.compile("(?is)\\s*(begin|commit|end|rollback|abort)\\b.*");

    private final ClusterConnections cluster;
    private final Quirks quirks;
    private final Sessions sessions = new Sessions();
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Map<String, Job> tokens = new ConcurrentHashMap<>();
    private final ExecutorService running = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "redshift-data-statement");
        thread.setDaemon(true);
        return thread;
    });

    DataApiActions(ClusterConnections cluster, Quirks quirks) {
        this.cluster = cluster;
        this.quirks = quirks;
    }

    ObjectNode act(String operation, JsonNode request) {
        return switch (operation) {
            case "ExecuteStatement" ->
                accepted(request, List.of(request.path("Sql").asText()), false);
            case "BatchExecuteStatement" -> accepted(request, batch(request), true);
            case "DescribeStatement" -> job(request).describe();
            case "GetStatementResult" -> result(request);
            case "CancelStatement" -> {
                job(request).cancel();
                yield JsonNodeFactory.instance.objectNode().put("Status", true);
            }
            default -> throw DataApiError.invalid("The sandbox's Data API doesn't know the operation " + operation);
        };
    }

    private static List<String> batch(JsonNode request) {
        List<String> statements = new ArrayList<>();
        request.path("Sqls").forEach(sql -> statements.add(sql.asText()));
        if (statements.isEmpty() || statements.size() > MOST_STATEMENTS) {
            throw DataApiError.invalid("Number of sqls must be 1 to " + MOST_STATEMENTS);
        }
        return statements;
    }

    /** The same token leads to the same statement, which runs once. */
    private ObjectNode accepted(JsonNode request, List<String> statements, boolean batch) {
        for (String sql : statements) {
            if (sql.getBytes(StandardCharsets.UTF_8).length > LONGEST_STATEMENT) {
                throw DataApiError.invalid("A query statement may have 100 KB");
            }
        }
        String token = request.path("ClientToken").asText();
        Job job = token.isEmpty()
                ? started(request, statements, batch)
                : tokens.computeIfAbsent(token, first -> started(request, statements, batch));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("Id", job.id());
        if (!job.session().isEmpty()) {
            answer.put("SessionId", job.session());
        }
        return answer;
    }

    private Job started(JsonNode request, List<String> statements, boolean batch) {
        String sessionId = request.path("SessionId").asText();
        if (!sessionId.isEmpty()) {
            return inSession(sessions.take(sessionId), statements, batch);
        }
        checkPlace(request);
        String database = request.path("Database").asText();
        int keep = request.path("SessionKeepAliveSeconds").asInt();
        if (keep > 0) {
            try {
                return inSession(sessions.begin(cluster.open(database), keep), statements, batch);
            } catch (SQLException e) {
                Job job = kept(new Job(statements, batch, ""));
                job.fail(e);
                return job;
            }
        }
        Job job = kept(new Job(statements, batch, ""));
        running.execute(() -> {
            try {
                Connection connection = cluster.open(database);
                run(job, connection, statements, () -> close(connection));
            } catch (SQLException e) {
                job.fail(e);
            }
        });
        return job;
    }

    private Job inSession(Sessions.Session session, List<String> statements, boolean batch) {
        boolean apart = quirks.has(Quirk.CALLS_APART) && !batch;
        List<String> run = apart
                ? statements.stream()
                        .map(sql -> TRANSACTION.matcher(sql).matches() ? "SELECT 1" : sql)
                        .toList()
                : statements;
        Job job = kept(new Job(run, batch, session.id()));
        running.execute(() -> {
            run(job, session.connection(), run, () -> sessions.rest(session));
        });
        return job;
    }

    private static void run(Job job, Connection connection, List<String> statements, Runnable ended) {
        if (statements.stream().allMatch(sql -> Lexer.statements(sql).size() == 1)) {
            job.run(connection, ended);
        } else {
            ended.run();
            job.fail(new SQLException("ERROR: cannot insert multiple commands into a prepared statement"));
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // it has gone already
        }
    }

    private Job kept(Job job) {
        jobs.put(job.id(), job);
        return job;
    }

    private static void checkPlace(JsonNode request) {
        boolean workgroup = request.has("WorkgroupName");
        if (workgroup == request.has("ClusterIdentifier")) {
            throw DataApiError.invalid("Either WorkgroupName or ClusterIdentifier is required");
        }
        if (!request.path(workgroup ? "WorkgroupName" : "ClusterIdentifier")
                .asText()
                .equals(DataApiServer.CLUSTER)) {
            throw DataApiError.invalid("Redshift endpoint doesn't exist in this region.");
        }
        if (workgroup && request.has("DbUser")) {
            throw DataApiError.invalid("DbUser can't be given with WorkgroupName");
        }
        if (request.path("Database").asText().isEmpty()) {
            throw DataApiError.invalid("Database is required");
        }
    }

    private Job job(JsonNode request) {
        Job job = jobs.get(request.path("Id").asText());
        if (job == null) {
            throw DataApiError.notFound("Query does not exist.");
        }
        return job;
    }

    private ObjectNode result(JsonNode request) {
        Job.Answer answer = job(request)
                .answer()
                .orElseThrow(() -> DataApiError.notFound("Query does not have result. Please check query status."));
        int from = request.path("NextToken").asInt();
        int to = Math.min(answer.rows().size(), from + PAGE);
        ObjectNode page = JsonNodeFactory.instance
                .objectNode()
                .put("TotalNumRows", answer.rows().size());
        page.set("ColumnMetadata", answer.columns());
        ArrayNode records = page.putArray("Records");
        answer.rows().subList(from, to).forEach(records::add);
        if (to < answer.rows().size()) {
            page.put("NextToken", Integer.toString(to));
        }
        return page;
    }

    @Override
    public void close() {
        sessions.close();
        running.shutdownNow();
    }
}
