package dev.caravan.cli.migrate;

import dev.caravan.migrate.lambdaloader.LoaderTables;
import dev.caravan.startup.Installation;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the AWS loader's tables are: a mixin. */
final class LoaderPlace {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The region of the AWS loader's tables (default: Caravan's own, AWS_REGION).")
    private Optional<String> region = Optional.empty();

    @Option(
            names = "--table-prefix",
            paramLabel = "TEXT",
            description = "What stands before the tables' names LambdaRedshift… (default: nothing).")
    private String tablePrefix = "";

    LoaderTables tables(Installation installation) {
        return installation.loaderTables(region, tablePrefix);
    }
}
