package dev.caravan.routes.sync;

import dev.caravan.sandbox.source.SharedSources;

class MariaDbDeletesTest extends DeletingAtRandomTest {
    MariaDbDeletesTest() {
        super(SharedSources.mariaDb(), "TIMESTAMP(6)", "NOW(6)");
    }
}
