package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that bring one table into Redshift: a CopyActivity writes its rows into a folder of S3, a RedshiftCopyActivity loads them from there.
 *
 * @param load the RedshiftCopyActivity
 * @param copy the CopyActivity
 * @param source where the rows come from
 * @param staging where they are in between
 * @param target the table that is loaded
 */
record Chain(
        PipelineObject load,
        PipelineObject copy,
        PipelineObject source,
        PipelineObject staging,
        Optional<PipelineObject> target) {

    /** All in a definition, in the order of their loads. */
    static List<Chain> all(Definition definition, Expressions expressions) {
        List<Chain> chains = new ArrayList<>();
        for (PipelineObject load : definition.ofType("RedshiftCopyActivity")) {
            for (PipelineObject copy : definition.ofType("CopyActivity")) {
                Optional<PipelineObject> staging = definition.ref(load, "input");
                Optional<PipelineObject> written = definition.ref(copy, "output");
                Optional<PipelineObject> source =
                        definition.ref(copy, "input").filter(input -> input.is("SqlDataNode", "MySqlDataNode"));
                if (source.isPresent()
                        && staging.isPresent()
                        && written.isPresent()
                        && isSame(staging.get(), written.get(), expressions)) {
                    chains.add(new Chain(
                            load,
                            copy,
                            source.get(),
                            staging.get(),
                            definition.ref(load, "output").filter(output -> output.is("RedshiftDataNode"))));
                }
            }
        }
        return chains;
    }

    /** One object, or two for one place. */
    private static boolean isSame(PipelineObject one, PipelineObject other, Expressions expressions) {
        return one.id().equals(other.id())
                || (!place(one, expressions).isEmpty()
                        && place(one, expressions).equals(place(other, expressions)));
    }

    /** What an S3DataNode names, {@code s3://…}; empty if it names nothing. */
    static String place(PipelineObject node, Expressions expressions) {
        String folder = expressions.text(node, "directoryPath");
        return folder.isEmpty() ? expressions.text(node, "filePath") : folder;
    }

    /** Those of which nothing is left to say. */
    List<PipelineObject> objects() {
        List<PipelineObject> all = new ArrayList<>(List.of(load, copy, source, staging));
        target.ifPresent(all::add);
        return all;
    }
}
