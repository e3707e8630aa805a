package dev.caravan.routes.sync;

import dev.caravan.sandbox.source.SharedSources;

class PostgresDeletesTest extends DeletingAtRandomTest {
    PostgresDeletesTest() {
        super(SharedSources.postgres(), "TIMESTAMPTZ(6)", "now()");
    }
}
