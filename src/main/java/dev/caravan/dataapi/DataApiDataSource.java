package dev.caravan.dataapi;

import dev.caravan.base.Fault;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClientBuilder;

/**
 * A cluster that is reached through the Redshift Data API, which AWS serves at an address of its own: nothing here needs a way into the cluster's VPC.
 * It is a bean of {@code application.properties}; its connections are as many as are asked for, and have of JDBC what Caravan uses. Each body of SQL that
 * is executed is one transaction, committed when {@code execute} returns.
 */
public final class DataApiDataSource implements DataSource, AutoCloseable {
    private String workgroupName = "";
    private String clusterIdentifier = "";
    private String database = "";
    private String dbUser = "";
    private String secretArn = "";
    private String region = "";
    private String endpointOverride = "";
    private Duration atMost = Duration.ofDays(1);
    private Optional<RedshiftDataClient> client = Optional.empty();

    /** The Serverless workgroup to reach. */
    public void setWorkgroupName(String name) {
        workgroupName = name.strip();
    }

    /** The provisioned cluster to reach. */
    public void setClusterIdentifier(String name) {
        clusterIdentifier = name.strip();
    }

    /** The database in it. */
    public void setDatabase(String name) {
        database = name.strip();
    }

    /** The user of a provisioned cluster for whom AWS is asked for temporary credentials; without it, the IAM identity's. */
    public void setDbUser(String name) {
        dbUser = name.strip();
    }

    /** The ARN of Secrets Manager's secret with {@code username} and {@code password}; without it, credentials are temporary. */
    public void setSecretArn(String arn) {
        secretArn = arn.strip();
    }

    /** The region, if not that of the other services. */
    public void setRegion(String name) {
        region = name.strip();
    }

    /** The Data API's address, {@code https://…}, if not AWS's: that of a VPC endpoint without private DNS. */
    public void setEndpointOverride(String url) {
        endpointOverride = url.strip();
    }

    /** The longest that a body of SQL may take; the service's own limit is a day. */
    public void setAtMost(Duration longest) {
        atMost = longest;
    }

    /** What of these properties can't be so; keys begin with {@code bean} and a dot. */
    public List<Fault> faults(String bean) {
        return warehouse().faults(bean);
    }

    /**
     * What IAM has to allow whoever uses this.
     *
     * @param place of the other services
     */
    public List<Permission> permissions(Place place) {
        return warehouse().permissions(place);
    }

    /**
     * Asks the database for a 1, which starts a Serverless workgroup that is idle.
     *
     * @param patience after which no answer counts as a good one
     * @throws SQLException if it refuses
     */
    public void probe(Duration patience) throws SQLException {
        api().probe(patience);
    }

    @Override
    public Connection getConnection() {
        return DataApiConnection.of(api());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the Data API takes no password; set secretArn", "0A000");
    }

    private Warehouse warehouse() {
        return new Warehouse(workgroupName, clusterIdentifier, database, dbUser, secretArn, region, endpointOverride);
    }

    private DataApi api() {
        return new DataApi(client(), warehouse(), atMost);
    }

    private synchronized RedshiftDataClient client() {
        if (client.isEmpty()) {
            RedshiftDataClientBuilder builder = RedshiftDataClient.builder();
            warehouse().endpoint().ifPresent(builder::endpointOverride);
            if (!region.isEmpty()) {
                builder.region(Region.of(region));
            }
            client = Optional.of(builder.build());
        }
        return client.get();
    }

    @Override
    public synchronized void close() {
        client.ifPresent(RedshiftDataClient::close);
        client = Optional.empty();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // nothing is written to it
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // nobody logs in
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the Data API's data source has no logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (isWrapperFor(type)) {
            return type.cast(this);
        }
        throw new SQLException("this is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
