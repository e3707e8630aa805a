package dev.caravan.redshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterNamesTest {

    @Test
    void asciiIsFolded_andNothingElse() {
        assertThat(ClusterNames.folded("Web_LOG Ä É İ")).isEqualTo("web_log Ä É İ");
        assertThat(TableName.of("Público.Élan").orElseThrow().parts()).containsExactly("público", "Élan");
    }

    @Test
    void theSameNameIsMeantFirst_elseTheOneItFoldsTo_howeverTheClusterShowsIt() {
        assertThat(ClusterNames.find(List.of("file", "File"), "File")).contains("File");
        assertThat(ClusterNames.find(List.of("id", "file"), "File")).contains("file");
        assertThat(ClusterNames.find(List.of("ID", "FILE"), "file")).contains("FILE");
        assertThat(ClusterNames.missing(List.of("id"), List.of("ID", "File"))).containsExactly("File");
    }
}
