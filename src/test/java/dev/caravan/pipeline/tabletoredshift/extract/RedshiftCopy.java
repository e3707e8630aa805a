package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/** Has the sandbox's Redshift copy what was extracted into a table that is made by the mapping. */
final class RedshiftCopy {
    private RedshiftCopy() {}

    /** All rows, by the first column. */
    static List<List<@Nullable String>> load(String table, TypeBed.Result result) throws SQLException {
        Landing landing = SharedSandbox.landing();
        for (int i = 0; i < result.parts().complete.size(); i++) {
            String key = table + "/" + i;
            RequestBody body = RequestBody.fromBytes(result.parts().complete.get(i));
            SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), body);
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " ("
                    + result.mapped().columns().stream()
                            .map(column -> '"' + column.name() + "\" " + column.redshiftType())
                            .collect(Collectors.joining(", "))
                    + ")");
            statement.execute("COPY " + table + " FROM 's3://" + landing.bucket() + "/" + table
                    + "/' IAM_ROLE 'arn:aws:iam::123456789012:role/load' CSV ZSTD TIMEFORMAT 'auto' NULL AS '"
                    + result.settings().nullMarker() + "'");
            List<List<@Nullable String>> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
                while (found.next()) {
                    List<@Nullable String> row = new ArrayList<>();
                    for (int i = 1; i <= result.mapped().columns().size(); i++) {
                        row.add(found.getString(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    /** By the real driver. */
    static Connection connect() throws SQLException {
        Map<String, String> environment = SharedSandbox.get().environment();
        Properties properties = new Properties();
        properties.put("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("enableFetchRingBuffer", "false");
        return DriverManager.getConnection(environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""), properties);
    }
}
