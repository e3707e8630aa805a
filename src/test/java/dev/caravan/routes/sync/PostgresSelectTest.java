package dev.caravan.routes.sync;

import dev.caravan.sandbox.source.SharedSources;

class PostgresSelectTest extends SelectSyncTest {
    PostgresSelectTest() {
        super(SharedSources.postgres(), "TIMESTAMPTZ(6)", "now()");
    }

    @Override
    String quoted(String sql) {
        return sql;
    }
}
