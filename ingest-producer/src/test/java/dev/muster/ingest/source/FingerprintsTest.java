/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.schemas.avro.Outcome;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private final Fingerprints fingerprints = Fingerprints.of("a key for the test".getBytes(UTF_8));

    private static JsonNode json(String text) {
        return SourceJson.value(text).orElseThrow();
    }

    @Test
    void theSameInputHasTheSameHoweverItIsWritten() {
        long expected = fingerprints.input(json("{\"a\":1,\"b\":[2]}"));

        assertThat(fingerprints.input(json("{ \"b\" : [2], \"a\" : 1 }"))).isEqualTo(expected);
        assertThat(fingerprints.input(TextNode.valueOf("{\"b\":[2],\"a\":1}"))).isEqualTo(expected);
        assertThat(fingerprints.input(json("{\"a\":1,\"b\":[3]}"))).isNotEqualTo(expected);
    }

    @Test
    void whatDiffersBeyondAnyPreviewDiffers() {
        String beginning = "x".repeat(100_000);

        assertThat(fingerprints.input(TextNode.valueOf(beginning + "a")))
                .isNotEqualTo(fingerprints.input(TextNode.valueOf(beginning + "b")));
    }

    @Test
    void anOutcomeIsWhatWasSaidAndHowItEnded() {
        JsonNode said = TextNode.valueOf("no such file");

        assertThat(fingerprints.outcome(Outcome.FAILED, said))
                .isEqualTo(fingerprints.outcome(Outcome.FAILED, said))
                .isNotEqualTo(fingerprints.outcome(Outcome.SUCCESS, said))
                .isNotEqualTo(fingerprints.outcome(null, said));
    }

    @Test
    void withoutTheKeyNobodyCanTryOut() {
        JsonNode input = json("{\"command\":\"ls\"}");

        assertThat(Fingerprints.random().input(input)).isNotEqualTo(fingerprints.input(input));
        // HMAC-SHA-256 of {"command":"ls"}, so that collectors of any version agree.
        assertThat(fingerprints.input(input))
                .isEqualTo(Fingerprints.of("a key for the test".getBytes(UTF_8)).input(input));
    }
}
