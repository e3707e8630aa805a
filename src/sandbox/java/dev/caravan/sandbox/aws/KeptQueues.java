package dev.caravan.sandbox.aws;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * The queues and messages that a folder held before ElasticMQ was started on it. ElasticMQ answers before it has read them back, and
 * a queue that is made in that time stays empty: so nobody may use it until all of them are there.
 */
record KeptQueues(List<String> queues, long messages) {
    private static final List<QueueAttributeName> COUNTS = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

    /** What the database at this JDBC URL holds. */
    static KeptQueues in(String url) {
        try (Connection database = DriverManager.getConnection(url);
                Statement statement = database.createStatement()) {
            List<String> tables = column(
                    statement,
                    "select table_name from information_schema.tables where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'");
            long messages = 0;
            for (String table : tables) {
                if (table.startsWith("MESSAGE_")) {
                    messages += Long.parseLong(column(statement, "select count(*) from \"" + table + '"')
                            .get(0));
                }
            }
            return new KeptQueues(
                    tables.contains("QUEUE") ? column(statement, "select name from queue") : List.of(), messages);
        } catch (SQLException e) {
            throw new IllegalStateException("the kept queues can't be read: " + e.getMessage(), e);
        }
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** Returns when the server behind the client has all of them. */
    void awaitIn(SqsClient sqs) {
        Awaitility.await("the queues kept in the data folder")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(QueueDoesNotExistException.class)
                .until(() -> queues.stream()
                                .mapToLong(queue -> messagesIn(sqs, queue))
                                .sum()
                        >= messages);
    }

    private static long messagesIn(SqsClient sqs, String queue) {
        String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
        return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(COUNTS)).attributes().values().stream()
                .mapToLong(Long::parseLong)
                .sum();
    }
}
