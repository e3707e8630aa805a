package dev.caravan.load;

import dev.caravan.batch.ExchangeProperties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * A cluster refused files. If it names none (a format that can't be read), halves of them are copied until the file is found. Then another file is
 * copied alone: if that is refused as well, the table or the feed is at fault, and no file. Each copy is rolled back.
 */
public final class SearchRoute extends RouteBuilder {
    @Override
    public void configure() {
        RouteDefinition search = from("direct:search")
                .routeId("search")
                .routeGroup("s3-to-redshift")
                .routeDescription(
                        "Finds the file that a cluster refuses, and whether it is at fault, by copies that are rolled back.")
                .routeConfigurationId("search-errors");
        search.getInput().setId("unnamed-files");
        search.bean("searchSteps", "begin").id("begin-search");

        LoopDefinition untilFound = search.loopDoWhile(method("searchSteps", "isOpen"));
        untilFound.id("until-found");
        untilFound.bean("searchSteps", "manifest").id("trial-manifest");

        TryDefinition tryIt = untilFound.doTry().id("try-it");
        tryIt.setHeader(AWS2S3Constants.KEY, exchangeProperty(ExchangeProperties.MANIFEST_KEY))
                .id("trial-key");
        tryIt.setHeader(AWS2S3Constants.CONTENT_TYPE, constant("application/json"))
                .id("trial-type");
        tryIt.toD("aws2-s3:${exchangeProperty.manifestBucket}").id("put-trial-manifest");
        tryIt.bean("searchSteps", "trial").id("trial");
        tryIt.toD("jdbc:${exchangeProperty.cluster}").id("run-trial");

        tryIt.doCatch(Exception.class).id("refused-or-rolled-back");
        tryIt.bean("searchSteps", "answer").id("answer");
    }
}
