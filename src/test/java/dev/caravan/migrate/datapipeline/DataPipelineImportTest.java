package dev.caravan.migrate.datapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.migrate.draft.DraftText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pipelines that load tables, and the syncs, sources and clusters that are made of them. */
class DataPipelineImportTest {

    @Test
    void whatTheConsoleMakesBecomesASync() throws IOException {
        PipelineDraft draft = draft(Pipelines.CONSOLE);
        assertThat(yaml(draft)).isEqualTo("""
                # Syncs taken over from AWS Data Pipeline. Go through the comments, then delete them.
                - beans:

                    # From Data Pipeline's RedshiftCopyActivity LoadOrders.
                    # - the pipeline took the rows of one interval of its schedule; here the first run takes all rows, and each further
                    #   one those since the one before
                    # - it began after ShellCommandActivity MakeTable; a sync starts when it is due, and waits for nothing
                    # - maximumRetries: when a sync tries again is Caravan's to say, and not taken over
                    - name: orders
                      type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                      properties:
                        source: shop_prod
                        tables: shop.orders
                        mode: incremental
                        watermark: updated_at
                        where: 'deleted = 0'
                        table: sales.orders
                        writeMode: overwriteExisting
                        keys: 'order_id, line'
                        distKey: order_id
                        sortKey: 'created_at, order_id'
                        clusters: warehouse
                        failedTopic: arn:aws:sns:eu-west-1:123456789012:shop-alarms
                        loadedTopic: arn:aws:sns:eu-west-1:123456789012:shop-loads
                        schedule: '0 30 2 * * ?'
                        timeZone: UTC
                """);
        assertThat(SourceText.properties(draft.sources(), "AWS Data Pipeline")).endsWith("""
                        # MariaDB's driver encrypts if the url ends in ?sslMode=verify-full.
                        camel.beans.shop_prod=#class:org.mariadb.jdbc.MariaDbDataSource
                        camel.beans.shop_prod.url=jdbc:mariadb://shop-prod.abc123.eu-west-1.rds.amazonaws.com:3306/shop
                        camel.beans.shop_prod.user=pipeline
                        camel.beans.shop_prod.password={{env:SHOP_PROD_PASSWORD}}
                        """);
        assertThat(DraftText.properties(draft.draft(), "AWS Data Pipeline"))
                .contains(
                        "caravan.warehouse.url=jdbc:redshift://warehouse.abc123.eu-west-1.redshift.amazonaws.com:5439/dwh\n",
                        "caravan.warehouse.user=loader\n",
                        "caravan.warehouse.password=\n");
    }

    @Test
    void whatIsNotTakenOverIsSaid() throws IOException {
        assertThat(draft(Pipelines.CONSOLE).draft().byHand())
                .contains(
                        "JdbcDatabase shop_mysql: of its connection string, useSSL, password not taken over: see whether the url needs"
                                + " the like in the words of MariaDB's driver",
                        "JdbcDatabase shop_mysql: its jdbcProperties are not taken over: see whether the url needs the like",
                        "ShellCommandActivity MakeTable, ClearStaging: not taken over: see whether what it does is still wanted",
                        "Ec2Resource Worker: not needed: Caravan's own instances read the sources; let them in where it was let in",
                        "Default: failureAndRerunMode, pipelineLogUri, resourceRole, role not taken over: roles, logs, limits and what is"
                                + " tried again are Caravan's own",
                        "subjects and messages of SnsAlarms are not taken over: Caravan's messages say what became of a load")
                .anyMatch(step ->
                        step.startsWith("files in between go below parts/ of caravan.manifest-prefix, and no more"
                                + " where the pipeline has them (s3://shop-staging/redshift): name a bucket"))
                .anyMatch(step -> step.startsWith("deactivate the pipeline before a sync runs for the first time"));
    }

    @Test
    void anInstanceOrAClusterWithoutAnAddressIsAskedFor() throws IOException {
        PipelineDraft draft = draft(Pipelines.BY_HAND);
        assertThat(SourceText.properties(draft.sources(), "AWS Data Pipeline"))
                .contains(
                        "# If it is PostgreSQL, the class is org.postgresql.ds.PGSimpleDataSource.\n",
                        "camel.beans.crm_db=#class:org.mariadb.jdbc.MariaDbDataSource\n",
                        "camel.beans.crm_db.url={{env:CRM_DB_URL}}\n",
                        "camel.beans.crm_db.user=reader\n");
        assertThat(DraftText.properties(draft.draft(), "AWS Data Pipeline"))
                .contains("caravan.analytics.url=jdbc:redshift://{{env:ANALYTICS_ADDRESS}}:5439/dev\n");
        assertThat(draft.draft().byHand())
                .contains(
                        "set CRM_DB_URL: jdbc:mariadb://ADDRESS:3306/crm for MySQL and MariaDB, jdbc:postgresql://ADDRESS:5432/crm for"
                                + " PostgreSQL, whose class is org.postgresql.ds.PGSimpleDataSource; RdsDatabase Crm says no address; aws rds describe-db-instances --db-instance-identifier"
                                + " crm-db --region eu-central-1 prints Endpoint and Engine",
                        "set ANALYTICS_ADDRESS: cluster analytics: RedshiftDatabase Cluster says no address; aws redshift"
                                + " describe-clusters --cluster-identifier analytics prints Endpoint (port 5439 is assumed)");
        assertThat(flowing(yaml(draft)))
                .contains(
                        "tables: crm.people is right for MySQL, where a table is in a database; for PostgreSQL write its schema, as"
                                + " public.people");
    }

    @Test
    void aWholeTableWithAWhereIsEmptiedFirst() throws IOException {
        assertThat(yaml(draft(Pipelines.BY_HAND))).contains("""
                    - name: people
                      type: dev.caravan.pipeline.tabletoredshift.sync.TableSync
                      properties:
                        source: crm_db
                        tables: crm.people
                        mode: full
                        where: 'country IN (''DE'',''AT'') and active = 1'
                        table: public.people
                        writeMode: replace
                        distKey: id
                        sortKey: born
                        clusters: analytics
                        schedule: '0 10 5/6 * * ?'
                        timeZone: UTC
                """);
        assertThat(flowing(yaml(draft(Pipelines.BY_HAND))))
                .contains(
                        "commandOptions (TRUNCATECOLUMNS CREDENTIALS …) are not taken over",
                        "queue, the query group of its load, has no equal",
                        "the pipeline ended at 2031-01-01T00:00:00; here it goes on until it is taken away");
    }

    @Test
    void whatWouldLoadOtherRowsStandsInComments() throws IOException {
        PipelineDraft draft = draft(Pipelines.BY_HAND);
        assertThat(draft.draft().feeds().get(1).offBecause())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("transformSql makes other rows of them in Redshift, and has no equal"));
        assertThat(yaml(draft))
                .contains(
                        "    # - name: notes\n",
                        "    #     tables: crm.notes\n",
                        "    #     select: 'select n.*, p.name from notes n join people p on p.id = n.person'\n");
        assertThat(flowing(yaml(draft)))
                .contains(
                        "transformSql makes other rows of them in Redshift, and has no equal",
                        "it has no schedule: the pipeline ran on demand, whenever it was activated",
                        "keys: the definition names none");
        assertThat(draft.draft().byHand())
                .contains(
                        "RedshiftCopyActivity LoadLogs: loads files that no CopyActivity writes from a table (s3://crm-logs/in): write a"
                                + " feed for them, with prefix and table",
                        "QuantumActivity Odd: not known, and not taken over",
                        "QuantumActivity Odd: its input names Nowhere, which the definition doesn't have",
                        "CSV Csv: not needed: files in between have Caravan's own form");
    }

    @Test
    void noSecretIsWritten() throws IOException {
        for (String json : List.of(Pipelines.CONSOLE, Pipelines.BY_HAND)) {
            assertThat(everything(draft(json))).doesNotContain(Pipelines.SECRET).doesNotContain("***");
        }
        String elsewhere = Pipelines.BY_HAND
                .replace("active = 1", "token = 'S3cr3t-of-nobody'")
                .replace("\"name\": \"People\"", "\"name\": \"S3cr3t-of-nobody\"");
        assertThat(everything(draft(elsewhere)))
                .doesNotContain(Pipelines.SECRET)
                .contains("token = ''***''", "*** is written in its place");
        String named = Pipelines.BY_HAND.replace("active = 1", "token = '#{myPlainPassword}'");
        assertThat(flowing(everything(draft(named))))
                .doesNotContain(Pipelines.SECRET)
                .contains("picks the rows of a run by token = '#{myPlainPassword}'");
    }

    @Test
    void postgresHasSchemas_andItsDriversParameters() throws IOException {
        String json = Pipelines.CONSOLE
                .replace("jdbc:mysql://root:S3cr3t-of-nobody@shop-prod", "jdbc:postgresql://shop-prod")
                .replace(
                        "3306/shop?useSSL=true&password=S3cr3t-of-nobody",
                        "5432/shop?sslmode=require&tcpKeepAlive=true");
        PipelineDraft draft = draft(json);
        assertThat(draft.sources())
                .extracting(SourceDraft::url)
                .containsExactly("jdbc:postgresql://shop-prod.abc123.eu-west-1.rds.amazonaws.com:5432/shop"
                        + "?sslmode=require&tcpKeepAlive=true");
        assertThat(SourceText.properties(draft.sources(), "AWS Data Pipeline"))
                .contains("camel.beans.shop_prod=#class:org.postgresql.ds.PGSimpleDataSource\n");
        assertThat(yaml(draft))
                .contains(
                        "# - watermarkZone: write it if the watermark is a timestamp without time zone of PostgreSQL;",
                        "tables: public.orders\n",
                        "# - tables: the schema public is assumed, for the definition names none\n");
        String secret = json.replace("tcpKeepAlive=true\"", "password=x&ab=c&tail\"");
        assertThat(draft(secret).sources().get(0).url()).endsWith(":5432/shop");
        assertThat(draft(secret).draft().byHand())
                .anyMatch(step -> step.contains("sslmode, password, ab not taken over"))
                .noneMatch(step -> step.contains("tail"));
    }

    @Test
    void otherDatabasesAreNoSources() throws IOException {
        String oracle = Pipelines.BY_HAND.replace(
                "\"databaseName\": \"crm\",",
                "\"databaseName\": \"crm\", \"jdbcDriverJarUri\": \"s3://drivers/ojdbc8.jar\",");
        assertThat(draft(oracle).sources()).isEmpty();
        assertThat(draft(oracle).draft().feeds())
                .allSatisfy(sync -> assertThat(sync.offBecause())
                        .hasValueSatisfying(why -> assertThat(why)
                                .startsWith("RdsDatabase Crm is a database of Oracle: tables are taken from MySQL,")));
    }

    @Test
    void whatRepeatsRowsOrLosesThemIsSaid() throws IOException {
        assertThat(flowing(yaml(draft(Pipelines.CONSOLE.replace("\"OVERWRITE_EXISTING\"", "\"TRUNCATE\"")))))
                .contains(
                        "TRUNCATE with only the rows that changed: the pipeline left the table with these alone",
                        "Caravan refuses writeMode: replace would leave the table with the changed rows alone; write",
                        " writeMode: replace ");
        assertThat(flowing(yaml(draft(Pipelines.BY_HAND.replace("\"TRUNCATE\"", "\"APPEND\"")))))
                .contains(
                        "APPEND with all rows: the pipeline added them all again in each run",
                        "Caravan refuses writeMode: append would add all rows again in each run of mode: full",
                        " writeMode: append ");
        assertThat(draft(Pipelines.CONSOLE.replace("\"OVERWRITE_EXISTING\"", "\"APPEND\""))
                        .draft()
                        .feeds()
                        .get(0)
                        .offBecause())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("its first run would add all rows, also those that the pipeline has added: empty"));
        assertThat(flowing(yaml(draft(Pipelines.BY_HAND.replace("\"TRUNCATE\"", "\"REPLACE\"")))))
                .contains("insertMode is 'REPLACE', none of KEEP_EXISTING", "# - name: people");
    }

    /** What is written of it has no fault, whatever it says. */
    static PipelineDraft draft(String json) throws IOException {
        PipelineDraft draft = DataPipelineImport.draft(new ByteArrayInputStream(json.getBytes(UTF_8)));
        WrittenSyncs.assertNoFaults(draft);
        return draft;
    }

    static String yaml(PipelineDraft draft) {
        return DraftText.yaml(draft.draft(), "AWS Data Pipeline", "Syncs", DataPipelineImport.BEAN);
    }

    static String everything(PipelineDraft draft) {
        return yaml(draft)
                + SourceText.properties(draft.sources(), "AWS Data Pipeline")
                + DraftText.properties(draft.draft(), "AWS Data Pipeline")
                + String.join("\n", draft.draft().byHand());
    }

    /** Comments on one line each. */
    static String flowing(String yaml) {
        return yaml.replaceAll("\n +# {2,}", " ");
    }
}
