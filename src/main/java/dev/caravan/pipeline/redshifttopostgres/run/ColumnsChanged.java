package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;

/** The columns of a mirror are others than when its run made the difference: another attempt makes it anew. */
final class ColumnsChanged extends Exception {
    private static final long serialVersionUID = 1;

    ColumnsChanged(TableMirror mirror) {
        super("the columns of " + mirror.from() + ", or of its table in " + mirror.target()
                + ", have changed since the difference was made: it is made anew");
    }
}
