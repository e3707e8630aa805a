package dev.caravan.sandbox.redshift.unload.command;

/** UNLOAD's parameters without a value, named as they are written; {@code SERIAL} is {@code PARALLEL OFF}. */
public enum UnloadFlag {
    HEADER,
    ADDQUOTES,
    ESCAPE,
    MANIFEST,
    VERBOSE,
    ALLOWOVERWRITE,
    CLEANPATH,
    INCLUDE,
    SERIAL
}
