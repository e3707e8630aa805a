package dev.caravan.operate.doctor.trial;

import dev.caravan.dataapi.DataApiDataSource;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.redshift.copy.CopyStatement;
import java.util.function.Function;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where the proofs are made.
 *
 * @param cluster its name
 * @param source the way into it that loads have
 * @param defaults with what COPY reads, and where manifests are written
 * @param s3 writes the objects; stays open
 * @param statements the SQL of loads whose ledger tables are in a schema
 */
public record Place(
        String cluster,
        DataSource source,
        FeedDefaults defaults,
        S3Client s3,
        Function<String, CopyStatement> statements) {

    public boolean isDataApi() {
        return source instanceof DataApiDataSource;
    }
}
