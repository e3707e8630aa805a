package dev.caravan.routes.sync;

import dev.caravan.sandbox.source.SharedSources;

class PostgresOneMomentTest extends OneMomentTest {
    PostgresOneMomentTest() {
        super(
                SharedSources.postgres(),
                "TIMESTAMPTZ",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'caravan snapshot'",
                "SET lock_timeout = '1s'");
    }
}
