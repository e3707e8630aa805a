package dev.caravan.sandbox;

import java.util.Locale;

/** What the sandbox listens for, each on a port of its own. */
public enum Service {
    S3("S3", 9600),
    SQS("SQS", 9601),
    SNS("SNS", 9602),
    DYNAMODB("DynamoDB", 9603),
    REDSHIFT("Redshift", 5439),
    REDSHIFT_DATA("the Redshift Data API", 9604),
    FAULTS("the fault rules", 9605),
    SECRETS_MANAGER("Secrets Manager", 9606);

    private final String title;
    private final int defaultPort;

    Service(String title, int defaultPort) {
        this.title = title;
        this.defaultPort = defaultPort;
    }

    /** The name to show to a person. */
    public String title() {
        return title;
    }

    /** The port that it has unless told otherwise. */
    public int defaultPort() {
        return defaultPort;
    }

    /** The command line option that chooses another port. */
    public String option() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "-port";
    }
}
