package dev.caravan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.Quantity;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.redshift.target.CopyFormat;
import java.time.Duration;
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
        feed.set("prefix", "s3://landing/in/web");
        feed.set("columns", "Id, \"Größe, in cm\" ,name");
        feed.set("format", "json 'auto ignorecase'");
        feed.set("copyOptions", " GZIP ignoreheader 1 TIMEFORMAT AS 'auto' NULL AS '\\N' DELIMITER '''' ");
        feed.set("iamRole", "arn:aws:iam::123456789012:role/a , arn:aws-cn:iam::123456789012:role/path/b");
        feed.set("clusters", "analytics, archive");
        feed.set("batchSize", "5000");
        feed.set("batchBytes", "1GB");
        feed.set("batchTimeout", "90s");
        feed.set("loadedTopic", "arn:aws:sns:eu-west-1:123456789012:loaded");
        feed.set("failedTopic", "failed");
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
        feed.set("failedTopic", "failed.fifo");
        feed.set("loadedTopic", "arn:aws-cn:sns:cn-north-1:123456789012:loaded.fifo");
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
        feed.set("format", text);
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
        feed.set("masterSymmetricKey", text);
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
        assertFault("batchTimeout", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5GB", "1 GB", "1PB", "999999999999999999TB", "GB"})
    void otherSizesAreFaults(String text) {
        assertFault("batchBytes", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "ten", "1000001", "99999999999", "1e3", "10 files"})
    void otherNumbersOfFilesAreFaults(String text) {
        assertFault("batchSize", text);
    }

    @Test
    void whatElseCanBeWrongIsAFaultToo() {
        assertFault("prefix", "/in/web");
        assertFault("prefix", "la nding/in");
        assertFault("filter", "*.csv");
        assertFault("table", "a.b.c");
        assertFault("table", "web-log");
        assertFault("table", "x; drop table y");
        assertFault("table", "public." + "x".repeat(128));
        assertFault("columns", "a,,b");
        assertFault("columns", "a,b,A");
        assertFault("format", "PARKET");
        assertFault("format", "JSON 'automatic'");
        assertFault("format", "CSV '|'");
        assertFault("format", "CSV ''");
        assertFault("format", "FIXEDWIDTH");
        assertFault("format", "FIXEDWIDTH 'id'");
        assertFault("format", "FIXEDWIDTH 'id:0'");
        assertFault("format", "AVRO 'noshred'");
        assertFault("format", "PARQUET 'auto'");
        assertFault("format", "SHAPEFILE");
        assertFault("iamRole", "arn:aws:iam::1:user/me");
        assertFault("iamRole", "default,default");
        assertFault("clusters", "a,,b");
        assertFault("clusters", "a,a");
        assertFault("manifestPrefix", "x");
        assertFault("loadedTopic", "my topic");
        assertFault("failedTopic", "arn:aws:sqs:eu-west-1:1:queue");
        assertFault("description", "x".repeat(201));
        assertFault("description", "two\nlines");
    }

    @Test
    void aCorrectedValueLeavesNoFault() {
        Feed feed = new Feed();
        feed.set("batchSize", "ten");
        feed.set("batchSize", "10");
        feed.set("copyOptions", "NOLOAD");
        feed.set("copyOptions", "GZIP");
        assertThat(feed.faults()).isEmpty();
        assertThat(feed.batchSize()).isEqualTo(10);
    }

    @Property(tries = 300)
    void noTextOfAPropertyEverThrows(@ForAll String text) {
        Feed feed = new Feed();
        FeedProperties.ALL.names().forEach(name -> feed.set(name, text));
        assertThat(feed.faults()).allSatisfy(fault -> assertThat(fault.advice()).isNotBlank());
    }

    @Test
    void aFilterMustMatchTheWholeFileName() {
        Feed feed = new Feed();
        feed.set("filter", ".*\\.csv");
        assertThat(feed.wants("in/a.csv")).isTrue();
        assertThat(feed.wants("a.csv")).isTrue();
        assertThat(feed.wants("in/a.csv.gz")).isFalse();
        assertThat(feed.wants("in.csv/a")).isFalse();
    }

    private static void assertFault(String key, String text) {
        Feed feed = new Feed();
        feed.set(key, text);
        assertThat(feed.faults()).as(text).singleElement().satisfies(fault -> {
            assertThat(fault.key()).isEqualTo(key);
            assertThat(fault.value()).isEqualTo(text);
            assertThat(fault.advice()).isNotBlank();
        });
    }
}
