package dev.caravan.dataapi;

import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where in AWS something is that is named without saying so; {@code *} stands for what isn't known.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov} …: what every ARN there begins with
 */
public record Place(String partition, String region, String account) {
    private static final String UNKNOWN = "*";
    private static final int PARTITION = 1, REGION = 3, ACCOUNT = 4;

    /** Of what has this ARN. */
    public static Place of(String arn) {
        String[] parts = arn.split(":", -1);
        return new Place(parts[PARTITION], parts[REGION], parts[ACCOUNT]);
    }

    /** Somewhere in the partition of this region. */
    public static Place near(String region) {
        return new Place(PartitionMetadata.of(Region.of(region)).id(), UNKNOWN, UNKNOWN);
    }

    Place in(String otherRegion) {
        return new Place(PartitionMetadata.of(Region.of(otherRegion)).id(), otherRegion, account);
    }

    /** The ARN of something here, for example of {@code sqs} and {@code caravan-events}. */
    public String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** The ARN of a bucket, or of objects: {@code landing/web/*}. */
    public String s3(String bucketOrObjects) {
        return "arn:" + partition + ":s3:::" + bucketOrObjects;
    }
}
