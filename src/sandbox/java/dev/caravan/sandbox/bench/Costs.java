package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.bench.count.Counted;
import dev.caravan.sandbox.bench.count.Prices;

/** What files cost in calls, capacity and money, from S3's event to the message that they are loaded. */
record Costs(Counted counted, int files) {
    /** @param steps whether each step of the ledger is named, too */
    void into(Figures figures, boolean steps) {
        figures.put("DynamoDB calls a file", perFile(counted.calls("dynamodb")));
        counted.byOperation("dynamodb")
                .forEach(call -> figures.put("DynamoDB " + call.operation() + " a file", perFile(call.calls())));
        if (steps) {
            counted.bySteps()
                    .forEach(call -> figures.put(
                            "  %s, %s".formatted(call.step(), call.operation()),
                            "%s calls a file, %s units"
                                    .formatted(
                                            Figures.number(perFile(call.calls())),
                                            Figures.number(perFile(call.units())))));
        }
        figures.put("DynamoDB calls refused", counted.refused("dynamodb"));
        figures.put("WCU a file", perFile(counted.writeUnits()));
        figures.put("RCU a file", perFile(counted.readUnits()));
        figures.put("SQS calls a file", perFile(counted.calls("sqs")));
        counted.byOperation("sqs")
                .forEach(call -> figures.put("SQS " + call.operation() + " a file", perFile(call.calls())));
        figures.put("S3 calls a file", perFile(counted.calls("s3")));
        figures.put("SNS calls a file", perFile(counted.calls("sns")));
        figures.put("US$ a million files", Prices.ofMillionFiles(counted, files, files));
        figures.put("prices", Prices.stated());
    }

    private double perFile(long calls) {
        return perFile((double) calls);
    }

    private double perFile(double sum) {
        return sum / files;
    }
}
