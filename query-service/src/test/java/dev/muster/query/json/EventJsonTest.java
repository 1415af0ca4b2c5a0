/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.Amount;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.read.EventView;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final String ID = FactId.eventId(RecordKey.ofSession("local", "s-1"), "fact");

    @Test
    void anEventShowsAllThatItsSourcesTold() {
        HookEvent event = Samples.event("s-1", "fact")
                .setClient("claude-code")
                .setHookEvent("PostToolUse")
                .setType(EventType.ACTION)
                .setPhase(Phase.POST)
                .setSource(Source.OTLP_LOG)
                .setKind(FactKind.TOOL_END)
                .setTraceId("sent")
                .setToolName("Bash")
                .setToolUseId("toolu_1")
                .setToolDetail("{\"command\":\"ls\"}")
                .setOutcome(Outcome.FAILED)
                .setDurationMs(354L)
                .setModel("claude-opus-4-7")
                .setRequestId("req_1")
                .setSpeed("fast")
                .setTokens(new Tokens(1L, 2L, 3L, 4L, 5L))
                .setReportedCostPicoUsd(66_709_500_000L)
                .setErrorMessage("no such file")
                .setErrorType("exit")
                .setDenialType("user_rejected")
                .setDenialReason("not now")
                .setSubagentId("a1")
                .setSubagentType("Explore")
                .setTransaction("0xabc")
                .setAmount(new Amount("SOL", 0.00002))
                .setPrompt("p")
                .setReasoning("r")
                .setResponse("o")
                .setCwd("/srv/app")
                .setGit(new Git("abc", "main", null, true))
                .setRepo("github.com/acme/web")
                .setBranch("main")
                .setHost("ci-7")
                .setUser("jane")
                .setAside(true)
                .setBackground("{\"tasks\":[]}")
                .setInputFingerprint(-1L)
                .setOutcomeFingerprint(255L)
                .setBoundAgent("c0123456789abcdefghijklmn")
                .setMetadata("{\"logs\": [1.10, {\"a\": null}], \"π\": 1e400}")
                .build();

        assertThat(json(event, Optional.of("derived")))
                .isEqualTo("""
                        {"id":"%s","agentId":"c0123456789abcdefghijklmn","timestamp":"2026-09-23T10:15:30.120Z",
                        "receivedAt":"2026-09-23T10:15:30.125Z","type":"action","hookEvent":"PostToolUse","phase":"post",
                        "source":"otlp_log","client":"claude-code","kind":"tool_end","traceId":"derived",
                        "toolExecuted":"Bash","toolUseId":"toolu_1","toolDetail":{"command":"ls"},
                        "outcome":"failed","durationMs":354,"model":"claude-opus-4-7","requestId":"req_1","speed":"fast",
                        "tokens":{"input":1,"output":2,"cacheRead":3,"cacheWrite5m":4,"cacheWrite1h":5,"total":15},
                        "reportedUsd":0.0667095,"errorMessage":"no such file","errorType":"exit",
                        "denial":{"type":"user_rejected","reason":"not now"},"subagent":{"id":"a1","type":"Explore"},
                        "transaction":"0xabc","amount":{"token":"SOL","value":0.00002},
                        "prompt":"p","reasoning":"r","response":"o","cwd":"/srv/app",
                        "git":{"sha":"abc","branch":"main","dirty":true},
                        "repo":"github.com/acme/web","branch":"main","host":"ci-7","user":"jane","aside":true,
                        "background":{"tasks":[]},"inputFingerprint":"ffffffffffffffff","outcomeFingerprint":"00000000000000ff",
                        "boundAgent":"c0123456789abcdefghijklmn",
                        "metadata":{"logs": [1.10, {"a": null}], "π": 1e400}}
                        """.formatted(ID).replace("\n", ""));
    }

    @Test
    void whatNoSourceToldIsLeftOut() {
        assertThat(json(Samples.event("s-1", "fact").build(), Optional.empty()))
                .isEqualTo("""
                        {"id":"%s","agentId":"c0123456789abcdefghijklmn","timestamp":"2026-09-23T10:15:30.120Z",
                        "receivedAt":"2026-09-23T10:15:30.125Z","type":"decision","source":"sdk","kind":"other"}
                        """.formatted(ID).replace("\n", ""));
    }

    @Test
    void anEventWithoutASessionIsItsAgents() {
        HookEvent event = Samples.event("s-1", "fact").setSessionId(null).build();

        assertThat(json(event, Optional.empty()))
                .contains(FactId.eventId(RecordKey.ofAgent("local", Samples.AGENT), "fact"));
    }

    @Test
    void whatWasSetAsideHasTheIdThatItsSenderWasTold() {
        HookEvent event = Samples.event("s-1", "fact")
                .setSessionId(null)
                .setSetAsideFrom("s-1")
                .build();

        assertThat(json(event, Optional.empty())).contains(ID).contains("\"setAsideFrom\":\"s-1\"");
    }

    @Test
    void whatIsNoJsonIsShownAsItIs() {
        HookEvent event = Samples.event("s-1", "fact")
                .setToolDetail("ls -l \"x\"")
                .setMetadata("{\"a\":1} trailing")
                .setAmount(new Amount("SOL", Double.NaN))
                .build();

        assertThat(json(event, Optional.empty()))
                .contains("\"toolDetail\":\"ls -l \\\"x\\\"\"")
                .contains("\"metadata\":\"{\\\"a\\\":1} trailing\"")
                .contains("\"value\":\"NaN\"");
    }

    private static String json(HookEvent event, Optional<String> traceId) {
        return new String(Json.write(EventJson.of(new EventView(event, traceId))), UTF_8);
    }
}
