package dev.caravan.sandbox.faults;

import java.util.regex.Pattern;

/**
 * One request or statement of a client.
 *
 * @param service {@code dynamodb}, {@code s3}, {@code sqs}, {@code sns} or {@code redshift}
 * @param operation the service's own name for it: {@code UpdateItem}, {@code PutObject}, {@code SendMessage}, {@code COPY}, {@code CREATE SCHEMA}
 * @param step what it is for, if it says so ({@code ledger lock}, from {@code caravan/lock} in its user agent), else service and operation ({@code s3 PutObject})
 * @param text the body, decoded; of S3 the bucket and key, a line for each object; of a COMMIT the changes that it commits, too
 * @param answer what the stand-in answered; empty before, and for Redshift
 */
public record Call(String service, String operation, String step, String text, String answer) {
    private static final Pattern READS =
            Pattern.compile("(Get|BatchGet|Head|List|Describe|Query|Scan|Receive).*|SELECT|SHOW|SET|BEGIN|ROLLBACK");

    /** A call before it is answered. */
    public static Call of(String service, String operation, String step, String text) {
        return new Call(service, operation, step, text, "");
    }

    /** Whether nothing that outlives the client's connection comes of it. */
    public boolean isRead() {
        return READS.matcher(operation).matches();
    }

    public Call answered(String with) {
        return new Call(service, operation, step, text, with);
    }
}
