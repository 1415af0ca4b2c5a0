/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.event;
import static dev.muster.ingest.otlp.Telemetry.log;
import static dev.muster.ingest.otlp.Telemetry.logs;
import static dev.muster.ingest.otlp.Telemetry.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.HookEvent;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereaboutsTest {

    private static HookEvent request(Map<String, ?> more) {
        Map<String, Object> attributes = new HashMap<>(Map.of("gen_ai.operation.name", "chat"));
        attributes.putAll(more);
        return event(OtlpSource.traces(), span(attributes));
    }

    @Test
    void aSpanSaysWhereAndForWhom() {
        HookEvent event = request(Map.of(
                "vcs.repository.url.full", "https://github.com/acme/web.git",
                "vcs.repository.name", "other",
                "vcs.ref.head.name", "refs/heads/main",
                "host.name", "ci-7",
                "user.email", "jane@example.com",
                "user.id", "u-9"));

        assertThat(event.getRepo()).isEqualTo("github.com/acme/web");
        assertThat(event.getBranch()).isEqualTo("main");
        assertThat(event.getHost()).isEqualTo("ci-7");
        assertThat(event.getUser()).isEqualTo("jane@example.com");
        assertThat(event.getMetadata()).doesNotContain("jane", "u-9").contains("ci-7");
    }

    @Test
    void withoutAnAddressARepositoryIsItsOwnersAndName() {
        assertThat(request(Map.of("vcs.repository.name", "web", "vcs.owner.name", "acme"))
                        .getRepo())
                .isEqualTo("acme/web");
        assertThat(request(Map.of("vcs.repository.name", "web")).getRepo()).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource({"branch, main", "tag, "})
    void aTagIsNoBranch(String type, String branch) {
        assertThat(request(Map.of("vcs.ref.head.name", "main", "vcs.ref.head.type", type))
                        .getBranch())
                .isEqualTo(branch);
    }

    @Test
    void claudeCodesLogsSayItToo() {
        HookEvent event = event(
                OtlpSource.logs(),
                logs(log(
                        Map.of(
                                "event.name", "claude_code.api_request",
                                "session.id", "s",
                                "model", "claude-haiku-4-5",
                                "query_source", "generate_session_title",
                                "vcs.repository.url.full", "git@github.com:acme/web.git",
                                "host.name", "laptop"),
                        "\"body\":{\"stringValue\":\"claude_code.api_request\"}")));

        assertThat(event.getRepo()).isEqualTo("github.com/acme/web");
        assertThat(event.getHost()).isEqualTo("laptop");
        assertThat(event.getAside()).isTrue();
    }
}
