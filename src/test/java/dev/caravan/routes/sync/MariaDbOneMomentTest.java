package dev.caravan.routes.sync;

import dev.caravan.sandbox.source.SharedSources;

class MariaDbOneMomentTest extends OneMomentTest {
    MariaDbOneMomentTest() {
        super(SharedSources.mariaDb(), "TIMESTAMP(6)", """
                BEGIN NOT ATOMIC
                  FOR reader IN (SELECT trx_mysql_thread_id AS id FROM information_schema.innodb_trx WHERE trx_is_read_only = 1) DO
                    EXECUTE IMMEDIATE CONCAT('KILL ', reader.id);
                  END FOR;
                END""", "SET SESSION lock_wait_timeout = 1");
    }
}
