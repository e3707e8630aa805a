package dev.caravan.routes.sync;

import dev.caravan.sandbox.source.SharedSources;

class MariaDbSelectTest extends SelectSyncTest {
    MariaDbSelectTest() {
        super(SharedSources.mariaDb(), "TIMESTAMP(6)", "NOW(6)");
    }

    @Override
    String quoted(String sql) {
        return sql.replace('"', '`');
    }
}
