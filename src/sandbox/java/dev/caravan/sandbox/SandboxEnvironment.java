package dev.caravan.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The environment variables that point the AWS SDKs and CLI, psql and Caravan at a sandbox. */
final class SandboxEnvironment {
    static final String REDSHIFT_USER = "awsuser", REDSHIFT_PASSWORD = "Sandbox1", REDSHIFT_DATABASE = "dev";

    private SandboxEnvironment() {}

    /** The variables for a sandbox on these ports, in the order in which to show them. */
    static Map<String, String> of(SandboxOptions options) {
        int redshift = options.port(Service.REDSHIFT);
        Map<String, String> variables = new LinkedHashMap<>();
        for (Service aws : new Service[] {
            Service.S3, Service.SQS, Service.SNS, Service.DYNAMODB, Service.REDSHIFT_DATA, Service.SECRETS_MANAGER
        }) {
            variables.put("AWS_ENDPOINT_URL_" + aws.name(), "http://localhost:" + options.port(aws));
        }
        variables.put("AWS_REGION", Sandbox.REGION);
        variables.put("AWS_DEFAULT_REGION", Sandbox.REGION);
        variables.put("AWS_ACCESS_KEY_ID", "sandbox");
        variables.put("AWS_SECRET_ACCESS_KEY", "sandbox");
        variables.put("PGHOST", "127.0.0.1");
        variables.put("PGPORT", Integer.toString(redshift));
        variables.put("PGUSER", REDSHIFT_USER);
        variables.put("PGPASSWORD", REDSHIFT_PASSWORD);
        variables.put("PGDATABASE", REDSHIFT_DATABASE);
        variables.put("PGSSLMODE", "disable");
        variables.put("CARAVAN_S3_PATH_STYLE", "true");
        variables.put(
                "CARAVAN_REDSHIFT_URL",
                "jdbc:redshift://localhost:%d/%s?ssl=false".formatted(redshift, REDSHIFT_DATABASE));
        variables.put("CARAVAN_REDSHIFT_USER", REDSHIFT_USER);
        variables.put("CARAVAN_REDSHIFT_PASSWORD", REDSHIFT_PASSWORD);
        return Collections.unmodifiableMap(variables);
    }

    /** The variables as lines for a POSIX shell to evaluate. */
    static String asShell(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(v -> "export " + v.getKey() + "='" + v.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
    }
}
