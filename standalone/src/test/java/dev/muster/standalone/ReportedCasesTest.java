/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.importing.ImportTotals;
import dev.muster.ingest.importing.ImportWatcher;
import dev.muster.ingest.importing.TranscriptImport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people who watch agents reported that others count wrong, from what was sent to the figures that the API answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportedCasesTest {

    private static final String HOOKS_SESSION = "11111111-0001-4000-8000-000000000002";
    private static final String TRANSCRIPT_SESSION = "11111111-0001-4000-8000-000000000001";

    private final Http http = new Http();
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final Path folder;
    private final Standalone muster;

    ReportedCasesTest(@TempDir Path folder) {
        this.folder = folder;
        muster = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                folder.resolve("data"),
                () -> Instant.now().plus(later.get()),
                unpacked -> {});
        await().atMost(Duration.ofMinutes(1)).until(muster::notReadyBecause, Optional::isEmpty);
    }

    @AfterAll
    void stop() {
        muster.close();
    }

    @Test
    void callsThatHooksNumberFromZeroInEachTurn() throws Exception {
        postHooks(HOOKS_SESSION, HOOKS_SESSION, "prm-2-");

        assertThat(calls(session(HOOKS_SESSION, 9))).isEqualTo("3 calls, 1 errors, 0 orphans, 3 traces");
    }

    /** Hooks tell no tokens: none are known, which is not zero. */
    @Test
    void whatNoSourceTellsIsNotZero() throws Exception {
        postHooks(HOOKS_SESSION, "unknown-usage", "prm-1-");
        JsonNode session = session("unknown-usage", 9);
        assertThat(session.get("tokens").isNull()).isTrue();
        assertThat(session.at("/cost/usd").isNull()).isTrue();
        assertThat(session.get("missing").toString()).isEqualTo("[\"telemetry\",\"transcript\"]");

        postTranscript("unknown-usage");
        JsonNode known = session("unknown-usage", 12);
        assertThat(tokens(known)).isEqualTo("3 requests, 375/60");
        assertThat(known.get("missing")).isEmpty();
    }

    @Test
    void callsThatATranscriptNumbersFromZeroInEachTurn() throws Exception {
        postTranscript("from-transcript");
        postTranscript("from-transcript");

        assertThat(calls(session("from-transcript", 12))).isEqualTo("3 calls, 1 errors, 0 orphans, 3 traces");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hooksAndTranscriptTellOfTheSameCalls(boolean hooksFirst) throws Exception {
        String session = "both-" + hooksFirst;
        if (hooksFirst) {
            postHooks(HOOKS_SESSION, session, "prm-1-");
            postTranscript(session);
        } else {
            postTranscript(session);
            postHooks(HOOKS_SESSION, session, "prm-1-");
        }

        assertThat(calls(session(session, 12))).isEqualTo("3 calls, 1 errors, 0 orphans, 3 traces");
    }

    @Test
    void sessionsOfOneProjectNumberTheirCallsAlike() throws Exception {
        importFolder("repeated-ids-projects");

        assertThat(calls(session("01010101-0001-4000-8000-000000000001", 8)))
                .isEqualTo("2 calls, 0 errors, 0 orphans, 2 traces");
        assertThat(calls(session("01010101-0001-4000-8000-000000000002", 8)))
                .isEqualTo("2 calls, 1 errors, 0 orphans, 2 traces");
    }

    @Test
    void aGatewaysConstantMessageId() throws Exception {
        importFolder("constant-message-id-projects");

        assertThat(tokens(session("22222222-0002-4000-8000-00000000000a", 6))).isEqualTo("3 requests, 6000/600");
        assertThat(tokens(session("22222222-0002-4000-8000-00000000000b", 6))).isEqualTo("3 requests, 6003/600");
    }

    /** The framework's span and the provider's within it, in one body and one by one, in any order, sent again. */
    @Test
    void nestedSpansOfOneRequest() throws Exception {
        int sent = 0;
        for (boolean apart : List.of(false, true)) {
            for (boolean innerFirst : List.of(false, true)) {
                String session = "nested-" + sent++;
                List<JsonNode> spans = new ArrayList<>();
                spans(session, Integer.toString(sent))
                        .at("/resourceSpans/0/scopeSpans/0/spans")
                        .forEach(spans::add);
                if (innerFirst) {
                    Collections.reverse(spans);
                }
                for (List<JsonNode> part : apart ? spans.stream().map(List::of).toList() : List.of(spans)) {
                    postSpans(session, part);
                    postSpans(session, part);
                }

                assertThat(tokens(session(session, 1))).isEqualTo("1 requests, 1000/100");
            }
        }
    }

    /** The same prompt asked twice of the same model, with the same answer: the spans lie side by side. */
    @Test
    void equalRequestsSideBySideAreTwo() throws Exception {
        List<JsonNode> spans = new ArrayList<>();
        spans("side-by-side", "9").at("/resourceSpans/0/scopeSpans/0/spans").forEach(spans::add);
        spans.forEach(span -> ((ObjectNode) span).put("parentSpanId", "1212121212121212"));
        postSpans("side-by-side", spans);

        assertThat(tokens(session("side-by-side", 2))).isEqualTo("2 requests, 2000/200");
    }

    /** The client tells no end of the tool Agent, but that its subagent and its turn have stopped. */
    @Test
    void anAgentCallEndsWithItsSubagentAndItsTurn() throws Exception {
        post("/v1/hooks/claude-code", Recording.caseOf("agent-call-hooks.ndjson"));
        session("case-44", 6);
        later.set(Duration.ofMinutes(3));
        try {
            assertThat(calls(session("case-44", 6))).isEqualTo("1 calls, 0 errors, 0 orphans, 1 traces");
        } finally {
            later.set(Duration.ZERO);
        }
    }

    @Test
    void aWorktreeIsItsRepository() throws Exception {
        post("/v1/hooks/claude-code", Recording.caseOf("places-hooks.ndjson"));

        assertThat(List.of(0, 1, 2, 3, 4).stream()
                        .map(i -> session("case-37-" + i, 1).at("/agent/name").asText()))
                .containsExactly(
                        "claude-code:web",
                        "claude-code:web",
                        "claude-code:shop",
                        "claude-code:shop",
                        "claude-code:shop");
    }

    private void post(String path, List<JsonNode> bodies) throws Exception {
        for (JsonNode body : bodies) {
            assertThat(http.post(muster.collector().resolve(path), body).status())
                    .isEqualTo(200);
        }
    }

    private static JsonNode spans(String session, String digit) throws Exception {
        JsonNode body = Recording.caseOf("nested-request-spans.json").get(0);
        Recording.moveSpans(body, Instant.now());
        body.findValues("attributes").stream()
                .flatMap(attributes -> {
                    List<JsonNode> all = new ArrayList<>();
                    attributes.forEach(all::add);
                    return all.stream();
                })
                .filter(attribute -> attribute.path("key").asText().equals("session.id"))
                .forEach(attribute -> ((ObjectNode) attribute.get("value")).put("stringValue", session));
        body.findParents("traceId").forEach(span -> ((ObjectNode) span).put("traceId", "ea".repeat(15) + "0" + digit));
        return body;
    }

    private void postSpans(String session, List<JsonNode> spans) throws Exception {
        ObjectNode body = (ObjectNode) spans(session, "0");
        ((ObjectNode) body.at("/resourceSpans/0/scopeSpans/0"))
                .putArray("spans")
                .addAll(spans);
        assertThat(http.post(muster.collector().resolve("/v1/traces"), body).status())
                .isEqualTo(200);
    }

    private void postHooks(String recorded, String session, String prompts) throws Exception {
        for (JsonNode hook : Recording.caseOf("repeated-ids-hooks.ndjson")) {
            ObjectNode sent = ((ObjectNode) hook)
                    .put("session_id", hook.path("session_id").asText().replace(recorded, session));
            sent.put("prompt_id", hook.path("prompt_id").asText().replace("prm-2-", prompts));
            assertThat(http.post(muster.collector().resolve("/v1/hooks/claude-code"), sent)
                            .status())
                    .isEqualTo(200);
        }
    }

    private void postTranscript(String session) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (JsonNode line : Recording.caseOf("repeated-ids-transcript.ndjson")) {
            lines.append(line.toString().replace(TRANSCRIPT_SESSION, session)).append('\n');
        }
        assertThat(http.postLines(muster.collector().resolve("/v1/transcripts/claude-code"), lines.toString())
                        .status())
                .isEqualTo(202);
    }

    private void importFolder(String name) throws Exception {
        Path transcripts = Path.of(
                Objects.requireNonNull(getClass().getResource("/cases/" + name)).toURI());
        TranscriptImport.Request request = new TranscriptImport.Request(
                List.of(transcripts),
                muster.collector(),
                Standalone.LOCAL_KEY,
                folder.resolve(name + ".state"),
                false,
                false);
        ImportTotals totals = new TranscriptImport(request, InstantSource.system(), new SilentWatcher()).run();
        assertThat(totals.copies()).isZero();
    }

    private JsonNode session(String id, int events) {
        URI address = muster.api().resolve("/v1/me/sessions/" + id);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> http.get(address),
                        answer -> answer.status() == 200
                                && answer.body().path("events").intValue() == events)
                .body();
    }

    private static String calls(JsonNode session) {
        return session.get("toolCalls") + " calls, " + session.get("errors") + " errors, " + session.get("orphans")
                + " orphans, " + session.get("traces") + " traces";
    }

    private static String tokens(JsonNode session) {
        return session.at("/modelSpend/0/requests") + " requests, " + session.at("/tokens/input") + "/"
                + session.at("/tokens/output");
    }

    /** Wants to know nothing, and never stops. */
    private static final class SilentWatcher implements ImportWatcher {

        @Override
        public void progress(ImportTotals totals, long totalBytes, long totalFiles) {}

        @Override
        public void say(String sentence) {}

        @Override
        public boolean pause(Duration atMost) {
            return false;
        }

        @Override
        public boolean isStopped() {
            return false;
        }
    }
}
