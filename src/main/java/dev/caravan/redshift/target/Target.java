package dev.caravan.redshift.target;

import java.util.List;
import java.util.Optional;

/**
 * What a load writes to in one cluster, and how. Whoever describes loads (a feed, for example) has one for each cluster; what is written from it, SQL and
 * questions to the cluster, knows nothing else of them.
 */
public interface Target {
    /** The name of what it belongs to; a batch's id begins with it. */
    String name();

    /** What it belongs to, as a person knows it: {@code feed 'web'}. */
    String inWords();

    /** A text that {@link TableName#of} takes. */
    String table();

    /** The columns that the files fill, in their order, as Redshift knows them; empty means all. */
    List<String> columns();

    CopyFormat format();

    /** Checked COPY parameters, to be written as they are; may be empty. */
    String copyOptions();

    /** 256 bits in Base64: a secret. */
    Optional<String> masterSymmetricKey();

    CopyCredentials copyCredentials();

    /** {@code default}, or ARNs chained by commas. */
    Optional<String> iamRole();

    /** A secret. */
    Optional<String> accessKeyId();

    /** A secret. */
    Optional<String> secretAccessKey();

    /** What the URLs of all its files begin with: {@code s3://bucket/prefix}. */
    String filesUrl();

    WriteMode writeMode();

    SchemaEvolution schemaEvolution();

    /** Column names as Redshift knows them, without quotes. */
    List<String> keys();

    /** Column names as Redshift knows them, without quotes. */
    List<String> orderBy();

    /** Checked statements, separated by semicolons, without one at the end; may be empty. */
    String preSql();

    /** Checked statements, separated by semicolons, without one at the end; may be empty. */
    String postSql();

    /** The column that names each row's file, as Redshift knows it, without quotes. */
    Optional<String> fileColumn();

    /** The column into which it is written when a row was loaded, as Redshift knows it, without quotes. */
    Optional<String> loadedAtColumn();

    /** By which keys a load deletes rows before it adds any. */
    default Optional<DeletedKeys> deletedKeys() {
        return Optional.empty();
    }

    /** The file column, if Caravan writes it. */
    default Optional<String> writtenFileColumn() {
        return fileColumn().filter(column -> !columns().contains(column));
    }

    /** Whether rows go through temporary tables before they reach the table. */
    default boolean isStaged() {
        return writeMode().isMerge()
                || loadedAtColumn().isPresent()
                || writtenFileColumn().isPresent();
    }

    /** Whether each file is copied by a COPY of its own, so that it is known which row came from which. */
    default boolean isFileByFile() {
        return writtenFileColumn().isPresent()
                || writeMode() == WriteMode.KEEP_EXISTING
                || (writeMode() == WriteMode.OVERWRITE_EXISTING && orderBy().isEmpty());
    }

    /** Whether the files bring the values of {@code IDENTITY} columns. */
    default boolean hasExplicitIds() {
        return CopyOptions.of(copyOptions()).settings().stream()
                .anyMatch(setting -> setting.parameter() == CopyParameter.EXPLICIT_IDS);
    }

    /** Whether COPY may leave out rows that it can't load, and succeed. */
    default boolean skipsRows() {
        return CopyOptions.of(copyOptions()).skipsRows();
    }
}
