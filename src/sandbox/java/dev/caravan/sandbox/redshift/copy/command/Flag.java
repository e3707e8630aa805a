package dev.caravan.sandbox.redshift.copy.command;

/** COPY's parameters without a value, named as they are written. */
public enum Flag {
    MANIFEST,
    ACCEPTANYDATE,
    ACCEPTINVCHARS,
    TRUNCATECOLUMNS,
    BLANKSASNULL,
    EMPTYASNULL,
    FILLRECORD,
    IGNOREBLANKLINES,
    IGNOREALLERRORS,
    REMOVEQUOTES,
    ESCAPE,
    TRIMBLANKS,
    NOLOAD,
    ROUNDEC,
    EXPLICIT_IDS,
    SERIALIZETOJSON
}
