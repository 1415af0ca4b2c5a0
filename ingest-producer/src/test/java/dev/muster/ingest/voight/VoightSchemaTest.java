/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Issue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoightSchemaTest {

    private final VoightEvents source = new VoightEvents();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | agentId",
                "{\"agentId\":null}                                        | agentId",
                "{\"agentId\":\"  \"}                                      | agentId",
                "{\"agentId\":7}                                           | agentId",
                "{\"agentId\":\"a\",\"timestamp\":\"yesterday\"}           | timestamp",
                "{\"agentId\":\"a\",\"timestamp\":\"2026-11-22T10:00:00\"} | timestamp",
                "{\"agentId\":\"a\",\"timestamp\":\"+1000000000-01-01T00:00:00Z\"} | timestamp",
                "{\"agentId\":\"a\",\"timestamp\":-1}                      | timestamp",
                "{\"agentId\":\"a\",\"timestamp\":true}                    | timestamp",
                "{\"agentId\":\"a\",\"type\":\"log\"}                      | type",
                "{\"agentId\":\"a\",\"outcome\":\"ok\"}                    | outcome",
                "{\"agentId\":\"a\",\"input\":\"text\"}                    | input",
                "{\"agentId\":\"a\",\"toolsConsidered\":[\"a\",1]}         | toolsConsidered/1",
                "{\"agentId\":\"a\",\"amount\":{\"token\":\"SOL\"}}        | amount/value",
                "{\"agentId\":\"a\",\"amount\":{\"token\":\"SOL\",\"value\":\"1\"}} | amount/value",
                "{\"agentId\":\"a\",\"amount\":{\"token\":\"SOL\",\"value\":1e999}} | amount/value",
                "{\"agentId\":\"a\",\"durationMs\":-0.5}                   | durationMs",
                "{\"agentId\":\"a\",\"durationMs\":1e300}                  | durationMs",
                "{\"agentId\":\"a\",\"tokens\":{\"input\":-1}}             | tokens/input",
                "{\"agentId\":\"a\",\"tokens\":{\"input\":1.5}}            | tokens/input",
                "{\"agentId\":\"a\",\"tokens\":{\"output\":\"9\"}}         | tokens/output",
                "{\"agentId\":\"a\",\"tokens\":{\"total\":99999999999999999999}} | tokens/total",
                "{\"agentId\":\"a\",\"metadata\":{\"tokens\":{\"cache_read\":-1}}} | metadata/tokens/cache_read",
                "{\"agentId\":\"a\",\"metadata\":{\"tokensBreakdown\":{\"inputBase\":0.1}}} | metadata/tokensBreakdown/inputBase",
                "{\"agentId\":\"a\",\"metadata\":{\"sessionId\":5}}        | metadata/sessionId",
                "{\"agentId\":\"a\",\"metadata\":[]}                       | metadata",
                "{\"agentId\":\"a\",\"colour\":\"red\"}                    | colour",
            })
    void refusesWithThePath(String body, String path) {
        assertThat(Fixtures.issues(source, body)).extracting(Issue::path).containsExactly(List.of(path.split("/")));
    }

    @Test
    void boundsTheLabelAndTheSession() {
        String body = "{\"agentId\":\"%s\",\"metadata\":{\"sessionId\":\"%s\"}}";

        assertThat(Fixtures.event(source, body.formatted("a".repeat(120), "s".repeat(200)))
                        .getSessionId())
                .hasSize(200);
        assertThat(Fixtures.issues(source, body.formatted("a".repeat(121), "s".repeat(201))))
                .containsExactly(
                        Issue.at("Must have at most 120 characters", "agentId"),
                        Issue.at("Must have at most 200 characters", "metadata", "sessionId"));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        String body =
                "{\"type\":\"log\",\"durationMs\":\"fast\",\"colour\":\"red\",\"amount\":{\"token\":1,\"value\":\"x\"}}";

        assertThat(Fixtures.issues(source, body))
                .containsExactly(
                        Issue.at("Required", "agentId"),
                        Issue.at(
                                "Invalid enum value. Expected 'decision' | 'reasoning' | 'tool' | 'tx' | 'action' | 'error'",
                                "type"),
                        Issue.at("Expected number, received string", "durationMs"),
                        Issue.at("Expected string, received number", "amount", "token"),
                        Issue.at("Expected number, received string", "amount", "value"),
                        Issue.at(
                                "Unrecognized key; there are agentId, amount, durationMs, errorMessage, input, metadata, model,"
                                        + " outcome, reasoning, timestamp, tokens, toolExecuted, toolsConsidered, traceId,"
                                        + " transaction, type, and what is your own goes into metadata",
                                "colour"));
    }
}
