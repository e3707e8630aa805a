package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.Service;
import dev.caravan.sandbox.demo.mirror.MirrorAct;
import dev.caravan.sandbox.demo.mirror.MirrorInstallation;
import dev.caravan.sandbox.demo.tables.ShopInstallation;
import dev.caravan.sandbox.demo.tables.TablesAct;
import dev.caravan.sandbox.run.CaravanProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a person looks at what an act has left up. */
final class WaysIn {
    private WaysIn() {}

    static String of(Demo.Result result) {
        return text(
                result.sandbox(),
                result.caravan(),
                "SELECT origin, COUNT(*) FROM flights GROUP BY 1 ORDER BY 2 DESC LIMIT 5",
                "or, to load a file:         aws --endpoint-url \"$AWS_ENDPOINT_URL_S3\" s3 cp FILE.csv s3://"
                        + result.sandbox().landing().bucket() + "/weather/",
                Demo.LOG);
    }

    static String of(TablesAct.Result result) {
        return text(
                result.sandbox(),
                result.caravan(),
                "SELECT status, COUNT(*), SUM(total) FROM shop.orders GROUP BY 1",
                "or, a command of Caravan's: cd " + ShopInstallation.INSTALLATION.folder()
                        + " && java -jar ../caravan.jar describe sync shop-orders",
                ShopInstallation.INSTALLATION.log());
    }

    static String of(MirrorAct.Result result) {
        return text(
                result.sandbox(),
                result.caravan(),
                "SELECT state, COUNT(*) FROM market.airports GROUP BY 1",
                "or, the application's:      psql '" + result.databaseUrl().substring("jdbc:".length())
                        + "' -c 'SELECT * FROM airports LIMIT 5'"
                        + "\n             or, a command of Caravan's: cd "
                        + MirrorInstallation.INSTALLATION.folder()
                        + " && java -jar ../caravan.jar mirror airports --plan",
                MirrorInstallation.INSTALLATION.log());
    }

    private static String text(Sandbox sandbox, CaravanProcess caravan, String query, String more, Path log) {
        String ports = Arrays.stream(Service.values())
                .map(s -> s.option() + " " + sandbox.options().port(s))
                .collect(Collectors.joining(" "));
        return """

                Everything stays up.

                  Hawtio     %s
                  psql, AWS  in another terminal, first: eval "$(./caravan sandbox --env %s)"
                             then for example:           psql -c '%s'
                             %s
                  Log        %s

                To stop: press Ctrl-C. Nothing is left behind.""".formatted(caravan.hawtio(), ports, query, more, log);
    }
}
