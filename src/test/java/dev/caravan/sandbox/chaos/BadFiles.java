package dev.caravan.sandbox.chaos;

/** Where the files go that are bad on purpose, and what may become of the good ones beside them. */
enum BadFiles {
    /** Into a feed of their own: a bad file may take its whole batch with it. */
    APART,
    /** Into every feed: each feed sets bad files aside one by one, and every good file must be loaded. */
    MIXED;

    /** The switch between the two. */
    static final BadFiles NOW = MIXED;
}
