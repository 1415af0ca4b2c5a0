/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.auth.Access;
import dev.muster.ingest.auth.Sender;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.HookEvent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the collector learns of texts that the strictest level then takes out. */
class BeforePrivacyTest {

    private final TestCollector collector = new TestCollector(
            Map.of("MUSTER_PRIVACY", "minimal"),
            key -> new Access.Granted(new Sender("acme", "key_1", Optional.of("deployer"), Optional.empty())));

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void anInterruptIsKnownByWordsThatAreNotKept() throws Exception {
        HookEvent event = sent(
                "{\"session_id\":\"s\",\"hook_event_name\":\"PostToolUseFailure\",\"tool_name\":\"Bash\","
                        + "\"tool_use_id\":\"toolu_01A09q90qw90lq917835lq9\",\"error\":\"[Request interrupted by user]\"}");

        assertThat(event.getErrorMessage()).isNull();
        assertThat(event.getInterrupted()).isTrue();
    }

    @Test
    void callsAreToldApartThatAreKeptAlike() throws Exception {
        HookEvent one = sent(call("ls"));
        HookEvent two = sent(call("pwd"));

        assertThat(one.getToolDetail()).isNull();
        assertThat(one.getInputFingerprint()).isNotNull().isNotEqualTo(two.getInputFingerprint());
    }

    @Test
    void theKeysAgentStandsInTheRecordAndThePlaceDoesNot() throws Exception {
        HookEvent event = sent(call("ls"));

        assertThat(event.getBoundAgent())
                .isEqualTo(AgentId.of("acme", "deployer"))
                .isEqualTo(event.getAgentId());
        assertThat(event.getRepo()).isNull();
    }

    private static String call(String command) {
        return "{\"session_id\":\"s\",\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Bash\",\"cwd\":\"/srv/web\","
                + "\"tool_input\":{\"command\":\"" + command + "\"}}";
    }

    private HookEvent sent(String hook) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(collector.uri("/v1/hooks/claude-code"))
                .header("Authorization", "Bearer vk_any")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(hook))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        return collector.events().get(collector.events().size() - 1);
    }
}
