package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.aws.AwsPorts;
import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.parts.Parts;
import java.util.List;

/** The proxies of all services, and the fault rules that they obey. */
public final class FaultyAws implements AutoCloseable {
    private final AwsFaults faults = new AwsFaults();
    private final Parts parts = new Parts();

    private FaultyAws(AwsPorts ports, AwsPorts behind, Watch watch) {
        try {
            List<AwsProxy> proxies = List.of(
                    proxy(AwsService.S3, ports.s3(), behind.s3(), watch),
                    proxy(AwsService.SQS, ports.sqs(), behind.sqs(), watch),
                    proxy(AwsService.SNS, ports.sns(), behind.sns(), watch),
                    proxy(AwsService.DYNAMODB, ports.dynamoDb(), behind.dynamoDb(), watch),
                    proxy(AwsService.REDSHIFT_DATA, ports.redshiftData(), behind.redshiftData(), watch));
            faults.onRefusing(refused -> proxies.forEach(proxy -> proxy.refuse(refused.contains(proxy.service()))));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts them. Throws {@link IllegalStateException} when a port is taken.
     *
     * @param ports where clients find the services
     * @param behind where the stand-ins are
     */
    public static FaultyAws start(AwsPorts ports, AwsPorts behind, Watch watch) {
        return new FaultyAws(ports, behind, watch);
    }

    /** The failures that AWS is to show. */
    public AwsFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        parts.close();
    }

    private AwsProxy proxy(AwsService service, int port, int behind, Watch watch) {
        return parts.add(new AwsProxy(service, port, behind, faults, watch));
    }
}
