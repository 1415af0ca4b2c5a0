/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Outcome;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hook as large as a tool's result can be, with the collector's own bounds. */
class LargeHookTest {

    private final TestCollector collector = new TestCollector(Map.of());

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aHookWithAScreenshotCountsAsTheCallItIs() throws Exception {
        String hook = "{\"session_id\":\"s1\",\"hook_event_name\":\"PostToolUse\",\"cwd\":\"/home/dev/demo\","
                + "\"tool_name\":\"mcp__browser__screenshot\",\"tool_use_id\":\"toolu_01A09q90qw90lq917835lq9\",\"tool_response\":"
                + "{\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\""
                + "iVBORw0K".repeat(450_000) + "\"}}]}}";
        HttpRequest request = HttpRequest.newBuilder(collector.uri("/v1/hooks/claude-code"))
                .header("Authorization", "Bearer vk_test")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(hook))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);

        assertThat(collector.events()).singleElement().satisfies(event -> {
            assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
            assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(event.getId()).isEqualTo(FactId.toolEnd("toolu_01A09q90qw90lq917835lq9"));
            assertThat(event.getResponse())
                    .startsWith("{\"content\":[")
                    .endsWith("…")
                    .hasSizeLessThan(2001);
            assertThat(event.getMetadata())
                    .contains("\"_cut\":{\"tool_response\":")
                    .hasSizeLessThan(1000);
        });
    }
}
