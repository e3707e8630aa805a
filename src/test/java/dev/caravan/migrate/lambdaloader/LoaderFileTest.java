package dev.caravan.migrate.lambdaloader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoaderFileTest {

    @Test
    void aPlainNameIsOne() {
        assertThat(new LoaderFile("landing/in/1.csv").names()).containsExactly("landing/in/1.csv");
        assertThat(new LoaderFile("landing/in/1.csv").namesInManifest()).containsExactly("landing/in/1.csv");
    }

    @Test
    void aPlusMayBeASpace() {
        assertThat(new LoaderFile("b/a+b+c").names()).containsExactly("b/a b c", "b/a+b+c", "b/a+b c", "b/a b+c");
    }

    @Test
    void whatAnOlderVersionLeftEscapedIsThoughtOf_andAPercentSignToo() {
        assertThat(new LoaderFile("b/100%25%2Bx+y").names()).contains("b/100%+x y", "b/100%25%2Bx y");
        assertThat(new LoaderFile("b/100%").names()).containsExactly("b/100%");
    }

    @Test
    void inAManifestTheFirstOfEachIsMended() {
        assertThat(new LoaderFile("b/a+b+c%2Bd%2Be").namesInManifest()).contains("b/a b+c+d%2Be");
    }
}
