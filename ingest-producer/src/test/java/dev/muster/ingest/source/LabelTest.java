/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

    @ParameterizedTest
    @CsvSource({
        "/home/dev/demo-app, c:demo-app",
        "/home/dev/demo-app/, c:demo-app",
        "C:\\work\\demo app, c:demo app",
        "demo, c:demo"
    })
    void aDirectorysLastPartIsTheLabel(String cwd, String label) {
        assertThat(Label.directory("c", cwd).map(Label::text)).contains(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "//", " "})
    void theRootHasNoLastPart(String cwd) {
        assertThat(Label.directory("c", cwd)).isEmpty();
    }

    @Test
    void labelsAreBounded() {
        assertThat(Label.explicit("x".repeat(500)).text()).hasSize(Label.MAX_LENGTH);
        assertThat(Label.directory("c", "x".repeat(500)).orElseThrow().text()).hasSize(Label.MAX_LENGTH);
        assertThat(Label.session("c", "short").text()).isEqualTo("c:short");
        assertThat(Label.session("c", "0123456789").text()).isEqualTo("c:01234567");
    }
}
