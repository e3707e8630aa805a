package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.batch.BadFilePolicy;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.DeletedKeys;
import dev.caravan.redshift.target.SchemaEvolution;
import dev.caravan.redshift.target.Target;
import dev.caravan.redshift.target.WriteMode;
import dev.caravan.s3.event.S3Prefix;
import java.util.List;
import java.util.Optional;

/** How a table's parts are loaded: as they were extracted, with what the sync says now of access and messages. */
public record TableLoad(TableSync sync, String key, TableResult.Load load) implements LoadSettings, Target {
    @Override
    public String name() {
        return sync.name();
    }

    @Override
    public String inWords() {
        return sync.inWords();
    }

    @Override
    public List<String> clusters() {
        return load.clusters();
    }

    @Override
    public Target in(String cluster) {
        return this;
    }

    @Override
    public Target target() {
        return this;
    }

    /** A part is not a file that somebody else wrote: without it the table would lack rows. */
    @Override
    public BadFilePolicy onBadFile() {
        return BadFilePolicy.FAIL;
    }

    @Override
    public int maxBadFiles() {
        return 1;
    }

    @Override
    public OverwritePolicy onOverwrite() {
        return OverwritePolicy.LOAD;
    }

    @Override
    public Optional<S3Prefix> manifestPrefix() {
        return sync.manifestPrefix();
    }

    @Override
    public String writtenPrefix() {
        return load.folder().substring("s3://".length());
    }

    @Override
    public Optional<String> loadedTopic() {
        return sync.loadedTopic();
    }

    @Override
    public Optional<String> failedTopic() {
        return sync.failedTopic();
    }

    @Override
    public String table() {
        return load.table();
    }

    @Override
    public List<String> columns() {
        return load.columns();
    }

    @Override
    public CopyFormat format() {
        return new CopyFormat(CopyFormat.Kind.CSV, "");
    }

    @Override
    public String copyOptions() {
        return "ZSTD TIMEFORMAT 'auto' NULL AS '" + load.marker() + "'";
    }

    @Override
    public Optional<String> masterSymmetricKey() {
        return Optional.empty();
    }

    @Override
    public CopyCredentials copyCredentials() {
        return sync.copyCredentials();
    }

    @Override
    public Optional<String> iamRole() {
        return sync.iamRole();
    }

    @Override
    public Optional<String> accessKeyId() {
        return sync.accessKeyId();
    }

    @Override
    public Optional<String> secretAccessKey() {
        return sync.secretAccessKey();
    }

    @Override
    public String filesUrl() {
        return load.folder();
    }

    @Override
    public WriteMode writeMode() {
        return load.mode();
    }

    @Override
    public SchemaEvolution schemaEvolution() {
        return SchemaEvolution.NONE;
    }

    @Override
    public List<String> keys() {
        return load.keys();
    }

    @Override
    public List<String> orderBy() {
        return List.of();
    }

    /** As many may go as the sync says now. */
    @Override
    public Optional<DeletedKeys> deletedKeys() {
        return load.deletes().stream()
                .findFirst()
                .map(keys -> new DeletedKeys(keys.manifest(), keys.rows(), keys.gone(), sync.maxDeletes()));
    }

    /** Of one snapshot: no two of its rows have the same keys, so that no file has to go before another. */
    @Override
    public boolean isFileByFile() {
        return false;
    }

    @Override
    public String preSql() {
        return "";
    }

    @Override
    public String postSql() {
        return "";
    }

    @Override
    public Optional<String> fileColumn() {
        return Optional.empty();
    }

    @Override
    public Optional<String> loadedAtColumn() {
        return Optional.empty();
    }
}
