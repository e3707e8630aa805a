package dev.caravan.sandbox.aws;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.caravan.sandbox.parts.Account;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import scala.Function0;
import software.amazon.awssdk.services.sqs.SqsClient;

/** SQS: ElasticMQ with SQS's own limits. Given a folder, queues and messages survive a restart (in an H2 database). */
final class SqsServer implements AutoCloseable {
    static {
        // We stop it ourselves; its own hook would race with that.
        System.setProperty("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
    }

    private final Optional<SqsStorage> storage;
    private final Function0<?> stop;

    /**
     * Returns when what the folder holds is in the queues.
     *
     * @param named the port in queues' URLs
     * @param client one for this port
     */
    SqsServer(int port, int named, Optional<Path> folder, SqsClient client) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("node-address.protocol", "http");
        settings.put("node-address.host", "localhost");
        settings.put("node-address.port", named);
        settings.put("node-address.context-path", "");
        settings.put("rest-sqs.enabled", true);
        settings.put("rest-sqs.bind-hostname", "127.0.0.1");
        settings.put("rest-sqs.bind-port", port);
        settings.put("rest-sqs.sqs-limits", "strict");
        settings.put("rest-stats.enabled", false);
        settings.put("aws.region", Account.REGION);
        settings.put("aws.accountId", Account.ID);
        storage = folder.map(SqsStorage::open);
        Optional<KeptQueues> kept = storage.map(database -> KeptQueues.in(database.url()));
        storage.ifPresent(database -> {
            settings.put("messages-storage.enabled", true);
            settings.put("messages-storage.driver-class", "org.h2.Driver");
            settings.put("messages-storage.uri", database.url());
            settings.put("messages-storage.username", "");
            settings.put("messages-storage.password", "");
            settings.put("messages-storage.prune-data-on-init", false);
        });
        Config config = ConfigFactory.parseMap(settings)
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        try {
            stop = new ElasticMQServer(new ElasticMQServerConfig(config)).start();
        } catch (RuntimeException e) {
            storage.ifPresent(SqsStorage::close);
            throw e;
        }
        try {
            kept.ifPresent(queues -> queues.awaitIn(client));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        // It waits some ten seconds for long polls of clients that are gone. Storage must not close under it.
        Thread stopping = new Thread(stop::apply, "stop-SQS");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(storage.isPresent() ? 15_000 : 500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        storage.ifPresent(SqsStorage::close);
    }
}
