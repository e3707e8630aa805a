package dev.caravan.cli.mirrors;

import dev.caravan.cli.runs.BeanName;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.startup.Installation;

/** The name of a mirror, as a person typed it. */
final class MirrorName {
    private MirrorName() {}

    static TableMirror configured(Installation installation, String name) throws CommandFailed {
        return BeanName.configured(
                "mirror", installation.mirrorTools().mirrors().all(), name);
    }
}
