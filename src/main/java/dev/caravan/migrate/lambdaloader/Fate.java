package dev.caravan.migrate.lambdaloader;

/** What became of a file in the AWS loader. Where a file is in several batches, the fate named first counts. */
enum Fate {
    /** In the manifest of a batch that ended well. */
    LOADED,
    /** In a batch that some of its clusters took and others didn't. */
    PARTLY_LOADED,
    /** In a batch that is being loaded, or whose loader died meanwhile: whether its rows are there, only the table can say. */
    LOCKED,
    /** In a batch that waits for more files. */
    OPEN,
    /** In a batch that no cluster took. */
    FAILED,
    /** In a batch that ended well, but not in its manifest. */
    DROPPED,
    /** The manifest of a batch that ended well names another object, whose key looks the same in the loader's tables. */
    MISNAMED,
    /** In no batch that is there. */
    UNKNOWN
}
