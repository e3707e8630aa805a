package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import org.junit.jupiter.api.Test;

/** What {@code check} says of the tables that keys choose. */
class CheckTablesTest {
    private final Landing landing = SharedSandbox.landing();

    @Test
    void whereKeysChooseTheTableAndNothingLimitsThem_checkSaysWhatToWrite() throws Exception {
        try (OperatorSetting setting = new OperatorSetting(landing, "check-tables")
                .feed(
                        "open",
                        "prefix",
                        landing.bucket() + "/open/",
                        "keyPattern",
                        "open/([^/]+)/.*",
                        "table",
                        "public.$1")
                .feed(
                        "limited",
                        "prefix",
                        landing.bucket() + "/limited/",
                        "keyPattern",
                        "limited/([^/]+)/.*",
                        "table",
                        "public.$1",
                        "allowedTables",
                        "public.web_*")
                .feed("plain", "prefix", landing.bucket() + "/plain/", "table", "public.plain")) {
            assertThat(setting.run("check", "open").out())
                    .anyMatch(line -> line.startsWith("warn open: allowedTables: ")
                            && line.contains("write allowedTables: public.*"));
            assertThat(setting.run("check", "limited").out()).noneMatch(line -> line.contains("allowedTables"));
            assertThat(setting.run("check", "plain").out()).noneMatch(line -> line.contains("allowedTables"));
        }
    }
}
