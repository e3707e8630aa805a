package dev.caravan.sandbox.aws;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB: DynamoDB Local's request handler behind a connector of our own, because its stock server listens on every interface
 * and reports usage to AWS.
 */
final class DynamoDbServer implements AutoCloseable {
    // Kept in a field: java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    static {
        SQLITE.setLevel(Level.WARNING);
    }

    private final LocalDynamoDBRequestHandler requests;
    private final Server jetty;

    DynamoDbServer(int port, Optional<Path> folder) throws Exception {
        requests = open(folder);
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("dynamodb");
        threads.setDaemon(true);
        jetty = new Server(threads);
        try {
            ServerConnector connector = new ServerConnector(jetty);
            connector.setHost("127.0.0.1");
            connector.setPort(port);
            jetty.addConnector(connector);
            jetty.setHandler(new LocalDynamoDBServerHandler(requests, "*"));
            jetty.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    @SuppressWarnings("NullAway") // DynamoDB Local takes null for "no folder"
    private static LocalDynamoDBRequestHandler open(Optional<Path> folder) throws Exception {
        @Nullable String path = folder.map(Path::toString).orElse(null);
        boolean inMemory = folder.isEmpty();
        boolean oneDatabaseForAllCredentials = true;
        boolean delayTransientStatuses = false;
        return new LocalDynamoDBRequestHandler(0, inMemory, path, oneDatabaseForAllCredentials, delayTransientStatuses);
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB doesn't stop", e);
        } finally {
            requests.shutdown();
        }
    }
}
