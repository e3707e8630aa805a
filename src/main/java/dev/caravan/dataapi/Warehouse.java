package dev.caravan.dataapi;

import dev.caravan.base.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which database the Data API is to reach, and as whom. Empty texts count as not given.
 *
 * @param workgroupName a Serverless workgroup; else {@code clusterIdentifier}
 * @param clusterIdentifier a provisioned cluster
 * @param dbUser a user of a provisioned cluster; without it and a secret, IAM's identity is the user
 * @param secretArn the secret with user and password
 * @param region where it is, if not where the other services are
 * @param endpointOverride the Data API's own address, if it isn't AWS's
 */
record Warehouse(
        String workgroupName,
        String clusterIdentifier,
        String database,
        String dbUser,
        String secretArn,
        String region,
        String endpointOverride) {

    /** What can't be so; keys begin with {@code bean} and a dot. */
    List<Fault> faults(String bean) {
        List<Fault> faults = new ArrayList<>();
        if (workgroupName.isEmpty() && clusterIdentifier.isEmpty()) {
            faults.add(
                    new Fault(
                            bean + ".workgroupName",
                            "",
                            "missing; write a Serverless workgroup's name here, or a provisioned cluster's in clusterIdentifier"));
        }
        if (!workgroupName.isEmpty() && !clusterIdentifier.isEmpty()) {
            faults.add(new Fault(
                    bean + ".clusterIdentifier",
                    clusterIdentifier,
                    "a cluster is a workgroup or a provisioned cluster; remove this or workgroupName"));
        }
        if (database.isEmpty()) {
            faults.add(new Fault(bean + ".database", "", "missing; write the database's name"));
        }
        if (!dbUser.isEmpty() && !secretArn.isEmpty()) {
            faults.add(new Fault(bean + ".dbUser", dbUser, "secretArn has a user of its own; remove one of them"));
        } else if (!dbUser.isEmpty() && !workgroupName.isEmpty()) {
            faults.add(new Fault(
                    bean + ".dbUser",
                    dbUser,
                    "a workgroup's user is the IAM identity, or the one in secretArn; remove it"));
        }
        if (!secretArn.isEmpty() && !secretArn.startsWith("arn:")) {
            faults.add(new Fault(
                    bean + ".secretArn",
                    "",
                    "what stands there is no ARN: write arn:aws:secretsmanager:…, or nothing"));
        }
        if (!region.isEmpty() && !region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            faults.add(new Fault(bean + ".region", region, "write a region, for example eu-west-1"));
        }
        if (!endpointOverride.isEmpty() && endpoint().isEmpty()) {
            faults.add(new Fault(bean + ".endpointOverride", endpointOverride, "write https://…, or nothing"));
        }
        return faults;
    }

    /**
     * The least that IAM has to allow. A workgroup's ARN has an id in the place of its name, and who asked for a statement may ask about it.
     *
     * @param place of the other services
     */
    List<Permission> permissions(Place place) {
        Place where = region.isEmpty() ? place : place.in(region);
        String redshift = where.arn("redshift", "");
        String workgroups = where.arn("redshift-serverless", "workgroup/*");
        String databases = redshift + "dbname:" + clusterIdentifier + "/" + database;
        List<Permission> permissions = new ArrayList<>();
        permissions.add(new Permission(
                List.of("redshift-data:ExecuteStatement", "redshift-data:BatchExecuteStatement"),
                List.of(clusterIdentifier.isEmpty() ? workgroups : redshift + "cluster:" + clusterIdentifier)));
        permissions.add(new Permission(
                List.of(
                        "redshift-data:CancelStatement",
                        "redshift-data:DescribeStatement",
                        "redshift-data:GetStatementResult"),
                List.of("*")));
        if (!secretArn.isEmpty()) {
            permissions.add(new Permission(List.of("secretsmanager:GetSecretValue"), List.of(secretArn)));
        } else if (clusterIdentifier.isEmpty()) {
            permissions.add(new Permission(List.of("redshift-serverless:GetCredentials"), List.of(workgroups)));
        } else if (dbUser.isEmpty()) {
            permissions.add(new Permission(List.of("redshift:GetClusterCredentialsWithIAM"), List.of(databases)));
        } else {
            permissions.add(new Permission(
                    List.of("redshift:GetClusterCredentials"),
                    List.of(redshift + "dbuser:" + clusterIdentifier + "/" + dbUser, databases)));
        }
        return permissions;
    }

    Optional<URI> endpoint() {
        return Optional.of(endpointOverride)
                .filter(url -> url.matches("https?://[^\\s/?#]+/?"))
                .map(URI::create);
    }

    Optional<String> workgroup() {
        return given(workgroupName);
    }

    Optional<String> cluster() {
        return given(clusterIdentifier);
    }

    Optional<String> user() {
        return given(dbUser);
    }

    Optional<String> secret() {
        return given(secretArn);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
