package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {
    @Test
    void whatAFeedDoesNotSayHasTheDocumentedDefault() {
        Feed feed = new Feed();
        assertThat(feed.batchSize()).isEqualTo(100);
        assertThat(feed.batchBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(feed.batchTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(feed.format()).isEqualTo(new CopyFormat(CopyFormat.Kind.CSV, ""));
        assertThat(feed.columns()).isEmpty();
        assertThat(feed.wants("any/thing at all.csv")).isTrue();
        assertThat(feed.faults()).isEmpty();
    }

    @Test
    void goodValuesAreUnderstood() {
        Feed feed = new Feed();
        feed.setPrefix("s3://landing/in/web");
        feed.setColumns("Id, \"Größe, in cm\" ,name");
        feed.setFormat("json 'auto ignorecase'");
        feed.setCopyOptions(" GZIP ignoreheader 1 TIMEFORMAT AS 'auto' NULL AS '\\N' DELIMITER '''' ");
        feed.setIamRole("arn:aws:iam::123456789012:role/a , arn:aws-cn:iam::123456789012:role/path/b");
        feed.setClusters("analytics, archive");
        feed.setBatchSize("5000");
        feed.setBatchBytes("1GB");
        feed.setBatchTimeout("90s");
        feed.setLoadedTopic("arn:aws:sns:eu-west-1:123456789012:loaded");
        feed.setFailedTopic("failed");
        assertThat(feed.faults()).isEmpty();
        assertThat(feed.bucket()).isEqualTo("landing");
        assertThat(feed.keyPrefix()).isEqualTo("in/web");
        assertThat(feed.columns()).containsExactly("id", "Größe, in cm", "name");
        assertThat(feed.format()).isEqualTo(new CopyFormat(CopyFormat.Kind.JSON, "auto ignorecase"));
        assertThat(feed.iamRole())
                .contains("arn:aws:iam::123456789012:role/a,arn:aws-cn:iam::123456789012:role/path/b");
        assertThat(feed.clusters()).containsExactly("analytics", "archive");
        assertThat(feed.batchSize()).isEqualTo(5000);
        assertThat(feed.batchBytes()).isEqualTo(1L << 30);
        assertThat(feed.batchTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aFifoTopicIsRefused() {
        Feed feed = new Feed();
        feed.setFailedTopic("failed.fifo");
        feed.setLoadedTopic("arn:aws-cn:sns:cn-north-1:123456789012:loaded.fifo");
        assertThat(feed.faults()).hasSize(2).allMatch(fault -> fault.advice().contains("FIFO"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CSV|CSV|``",
                "delimited|DELIMITED|``",
                "FIXEDWIDTH 'id:3,full name:25'|FIXEDWIDTH|id:3,full name:25",
                "JSON|JSON|auto",
                "json as 'AUTO IGNORECASE'|JSON|auto ignorecase",
                "JSON 'noshred'|JSON|noshred",
                "AVRO|AVRO|auto",
                "AVRO 's3://conf/Paths.json'|AVRO|s3://conf/Paths.json",
                "Parquet|PARQUET|``",
                "ORC|ORC|``",
            })
    void everyFormatOfCopyIsUnderstood(String text, CopyFormat.Kind kind, String argument) {
        Feed feed = new Feed();
        feed.setFormat(text);
        assertThat(feed.faults()).isEmpty();
        assertThat(feed.format()).isEqualTo(new CopyFormat(kind, argument));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tops3cret",
                "MDEyMzQ1Njc4OWFiY2RlZg==",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='; DROP TABLE x"
            })
    void aKeyOfAnotherLengthIsAFaultThatDoesNotShowIt(String text) {
        Feed feed = new Feed();
        feed.setMasterSymmetricKey(text);
        assertThat(feed.masterSymmetricKey()).isEmpty();
        assertThat(feed.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .startsWith("masterSymmetricKey: ")
                        .doesNotContain(text));
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "5m,300000", "1h,3600000", "1d,86400000", "30D,2592000000"})
    void durationsHaveUnits(String text, long millis) {
        assertThat(Quantity.duration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"100,100", "7B,7", "10KB,10240", "5MB,5242880", "1gb,1073741824", "2TB,2199023255552"})
    void sizesArePowersOf1024(String text, long bytes) {
        assertThat(Quantity.size(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 m", "-5m", "5.5m", "0s", "31d", "999999999999999999d", "five", "5w"})
    void otherDurationsAreFaults(String text) {
        assertFault(Feed::setBatchTimeout, "batchTimeout", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5GB", "1 GB", "1PB", "999999999999999999TB", "GB"})
    void otherSizesAreFaults(String text) {
        assertFault(Feed::setBatchBytes, "batchBytes", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "ten", "1000001", "99999999999", "1e3", "10 files"})
    void otherNumbersOfFilesAreFaults(String text) {
        assertFault(Feed::setBatchSize, "batchSize", text);
    }

    @Test
    void whatElseCanBeWrongIsAFaultToo() {
        assertFault(Feed::setPrefix, "prefix", "/in/web");
        assertFault(Feed::setPrefix, "prefix", "la nding/in");
        assertFault(Feed::setFilter, "filter", "*.csv");
        assertFault(Feed::setTable, "table", "a.b.c");
        assertFault(Feed::setTable, "table", "web-log");
        assertFault(Feed::setTable, "table", "x; drop table y");
        assertFault(Feed::setTable, "table", "public." + "x".repeat(128));
        assertFault(Feed::setColumns, "columns", "a,,b");
        assertFault(Feed::setColumns, "columns", "a,b,A");
        assertFault(Feed::setFormat, "format", "PARKET");
        assertFault(Feed::setFormat, "format", "JSON 'automatic'");
        assertFault(Feed::setFormat, "format", "CSV '|'");
        assertFault(Feed::setFormat, "format", "CSV ''");
        assertFault(Feed::setFormat, "format", "FIXEDWIDTH");
        assertFault(Feed::setFormat, "format", "FIXEDWIDTH 'id'");
        assertFault(Feed::setFormat, "format", "FIXEDWIDTH 'id:0'");
        assertFault(Feed::setFormat, "format", "AVRO 'noshred'");
        assertFault(Feed::setFormat, "format", "PARQUET 'auto'");
        assertFault(Feed::setFormat, "format", "SHAPEFILE");
        assertFault(Feed::setIamRole, "iamRole", "arn:aws:iam::1:user/me");
        assertFault(Feed::setIamRole, "iamRole", "default,default");
        assertFault(Feed::setClusters, "clusters", "a,,b");
        assertFault(Feed::setClusters, "clusters", "a,a");
        assertFault(Feed::setManifestPrefix, "manifestPrefix", "x");
        assertFault(Feed::setLoadedTopic, "loadedTopic", "my topic");
        assertFault(Feed::setFailedTopic, "failedTopic", "arn:aws:sqs:eu-west-1:1:queue");
    }

    @Test
    void aCorrectedValueLeavesNoFault() {
        Feed feed = new Feed();
        feed.setBatchSize("ten");
        feed.setBatchSize("10");
        feed.setCopyOptions("NOLOAD");
        feed.setCopyOptions("GZIP");
        assertThat(feed.faults()).isEmpty();
        assertThat(feed.batchSize()).isEqualTo(10);
    }

    @Property(tries = 300)
    void noSetterEverThrows(@ForAll String text) {
        Feed feed = new Feed();
        List<BiConsumer<Feed, String>> setters = List.copyOf(FeedConfigurer.SETTERS.values());
        setters.forEach(setter -> setter.accept(feed, text));
        assertThat(feed.faults()).allSatisfy(fault -> assertThat(fault.advice()).isNotBlank());
    }

    @Test
    void aFilterMustMatchTheWholeFileName() {
        Feed feed = new Feed();
        feed.setFilter(".*\\.csv");
        assertThat(feed.wants("in/a.csv")).isTrue();
        assertThat(feed.wants("a.csv")).isTrue();
        assertThat(feed.wants("in/a.csv.gz")).isFalse();
        assertThat(feed.wants("in.csv/a")).isFalse();
    }

    private static void assertFault(BiConsumer<Feed, String> setter, String key, String text) {
        Feed feed = new Feed();
        setter.accept(feed, text);
        assertThat(feed.faults()).as(text).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo(key);
            assertThat(fault.value()).isEqualTo(text);
            assertThat(fault.advice()).isNotBlank();
        });
    }
}
