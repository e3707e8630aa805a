package dev.caravan.redshift.evolution;

import java.util.List;

/**
 * The fields that a batch's files have.
 *
 * @param fields of all files; for Parquet, of the file with the most columns
 * @param obstacle why no column can be added, for a person; empty if nothing hinders
 * @param unread what of the files was not looked at, for a person; empty if all was
 */
public record BatchFields(Fields fields, String obstacle, List<String> unread) {
    public BatchFields {
        unread = List.copyOf(unread);
    }
}
