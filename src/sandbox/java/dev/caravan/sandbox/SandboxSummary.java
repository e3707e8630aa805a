package dev.caravan.sandbox;

import dev.caravan.sandbox.dataapi.DataApiServer;
import java.nio.file.Path;

/** What a person who has just started the sandbox needs to know. */
final class SandboxSummary {
    private SandboxSummary() {}

    static String of(SandboxOptions options) {
        return """
                The sandbox is running: local stand-ins for the AWS services that Caravan uses. Nothing here reaches AWS or costs money.

                  S3        http://localhost:%d   buckets landing (drop files here), caravan-manifests
                  SQS       http://localhost:%d   queues caravan-events (S3 events of the bucket landing), caravan-events-dead,
                                                    caravan-loaded, caravan-failed (copies of what the topics publish)
                  SNS       http://localhost:%d   topics caravan-loaded, caravan-failed
                  DynamoDB  http://localhost:%d   no tables yet: Caravan makes its own
                  Secrets   http://localhost:%d   Secrets Manager, with no secrets yet; in memory
                  Redshift  localhost:%-5d         database %s, user %s, password %s
                  Data API  http://localhost:%d   of that Redshift: workgroup (or cluster) %s
                  Faults    http://localhost:%d   /faults makes %s misbehave (see docs/how-to/try-it-on-the-sandbox.md)
                  Data      %s

                To point the AWS CLI, psql and Caravan here, run this in another terminal:

                  eval "$(./caravan sandbox --env%s)"

                To stop: press Ctrl-C.
                """.formatted(
                        options.port(Service.S3),
                        options.port(Service.SQS),
                        options.port(Service.SNS),
                        options.port(Service.DYNAMODB),
                        options.port(Service.SECRETS_MANAGER),
                        options.port(Service.REDSHIFT),
                        SandboxEnvironment.REDSHIFT_DATABASE,
                        SandboxEnvironment.REDSHIFT_USER,
                        SandboxEnvironment.REDSHIFT_PASSWORD,
                        options.port(Service.REDSHIFT_DATA),
                        DataApiServer.CLUSTER,
                        options.port(Service.FAULTS),
                        options.faultyAws() ? "Redshift and AWS" : "Redshift",
                        options.data()
                                .map(Path::toString)
                                .orElse("in memory: gone when the sandbox stops (--data DIR keeps it)"),
                        portOptions(options));
    }

    /** The same ports again, for a sandbox that isn't on the default ones. */
    private static String portOptions(SandboxOptions options) {
        StringBuilder chosen = new StringBuilder();
        for (Service service : Service.values()) {
            if (options.port(service) != service.defaultPort()) {
                chosen.append(' ').append(service.option()).append(' ').append(options.port(service));
            }
        }
        return chosen.toString();
    }
}
