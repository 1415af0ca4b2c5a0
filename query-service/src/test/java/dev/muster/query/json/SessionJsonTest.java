/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SessionJsonTest {

    @Test
    void aSessionHasEveryFieldInTheDocumentedOrder() {
        assertThat(new String(Json.write(SessionJson.of(Samples.session("s-1"))), UTF_8))
                .isEqualTo(oneLine("""
                        {"id":"s-1","agent":{"id":"c0123456789abcdefghijklmn","name":"claude-code:demo-app"},
                        "title":"Fix the login","status":"active","waiting":false,
                        "waitingFor":{"kind":"permission","detail":"Bash","since":"2026-09-23T10:16:50.120Z"},
                        "repo":"github.com/acme/web","branch":"main","host":"ci-7","user":"jane",
                        "background":{"tasks":[{"id":"b1","type":"shell","description":"npm run dev"}],
                        "crons":[{"id":"c1","schedule":"0 9 * * *","prompt":"Look at the build"}],
                        "toldAt":"2026-09-23T10:17:00.120Z","until":"2026-09-23T14:17:00.120Z"},
                        "context":{"tokens":123456,"window":200000,"share":0.6173,"model":"claude-opus-4-7","compactions":2},
                        "acknowledgedAt":null,"startedAt":"2026-09-23T10:15:30.120Z",
                        "lastEventAt":"2026-09-23T10:17:00.120Z","durationMs":90000,"activeMs":60000,
                        "events":51,"toolCalls":16,"errors":3,"denials":2,"interrupts":5,"orphans":1,"transactions":4,"traces":6,
                        "tokens":{"input":39,"output":785,"cacheRead":132100,"cacheWrite5m":4050,"cacheWrite1h":7,"total":136981},
                        "cost":{"usd":0.0667095,"unpricedTokens":5200,"reportedUsd":100},"missing":[],
                        "latency":{"all":{"count":30,"p50Ms":263,"p95Ms":503},"tools":{"count":16,"p50Ms":184,"p95Ms":3000},
                        "models":{"count":0,"p50Ms":null,"p95Ms":null}},
                        "models":["claude-opus-4-7","claude-sonnet-4-5-20250929"],
                        "modelSpend":[{"model":"claude-opus-4-7","requests":12,
                        "tokens":{"input":1,"output":2,"cacheRead":3,"cacheWrite5m":4,"cacheWrite1h":5,"total":15},
                        "costUsd":0.25,"unpricedTokens":0}],
                        "tools":[{"name":"Bash","calls":9,"errors":2,"totalMs":4321},{"name":"Read","calls":7,"errors":1,"totalMs":88}],
                        "subagents":[{"id":"sub-1","type":"Explore","traceId":"t_1","toolCalls":5,
                        "tokens":{"input":1,"output":2,"cacheRead":3,"cacheWrite5m":4,"cacheWrite1h":5,"total":15},
                        "cost":{"usd":0.00001,"unpricedTokens":0,"reportedUsd":null}}],
                        "activityWindows":2,"truncated":true}
                        """));
    }

    @Test
    void whatIsNotKnownIsNull() {
        assertThat(new String(Json.write(SessionJson.of(Samples.bareSession("s-2"))), UTF_8))
                .isEqualTo(oneLine("""
                        {"id":"s-2","agent":{"id":"c0123456789abcdefghijklmn","name":"bot"},
                        "title":null,"status":"done","waiting":false,"waitingFor":null,
                        "repo":null,"branch":null,"host":null,"user":null,"background":null,
                        "context":{"tokens":null,"window":null,"share":null,"model":null,"compactions":0},"acknowledgedAt":null,"startedAt":"1970-01-01T00:00:00.000Z",
                        "lastEventAt":"1970-01-01T00:00:00.000Z","durationMs":0,"activeMs":0,
                        "events":0,"toolCalls":0,"errors":0,"denials":0,"interrupts":0,"orphans":0,"transactions":0,"traces":0,
                        "tokens":{"input":0,"output":0,"cacheRead":0,"cacheWrite5m":0,"cacheWrite1h":0,"total":0},
                        "cost":{"usd":null,"unpricedTokens":0,"reportedUsd":null},"missing":[],
                        "latency":{"all":{"count":0,"p50Ms":null,"p95Ms":null},"tools":{"count":0,"p50Ms":null,"p95Ms":null},
                        "models":{"count":0,"p50Ms":null,"p95Ms":null}},
                        "models":[],"modelSpend":[],"tools":[],
                        "subagents":[{"id":"sub-1","type":null,"traceId":null,"toolCalls":0,
                        "tokens":{"input":0,"output":0,"cacheRead":0,"cacheWrite5m":0,"cacheWrite1h":0,"total":0},
                        "cost":{"usd":null,"unpricedTokens":3,"reportedUsd":2.5}}],
                        "activityWindows":1,"truncated":false}
                        """));
    }

    @Test
    void whatNoSourceCouldTellIsNull() {
        ObjectNode json = TraceJson.of(Samples.traceOfHooks("t_1"));

        assertThat(json.get("tokens").isNull()).isTrue();
        assertThat(json.get("cost").toString())
                .isEqualTo("{\"usd\":null,\"unpricedTokens\":null,\"reportedUsd\":null}");
        assertThat(json.get("missing").toString()).isEqualTo("[\"telemetry\",\"transcript\"]");
    }

    @Test
    void aTraceHasTheSameFigures() {
        assertThat(new String(Json.write(TraceJson.of(Samples.trace("t_1"))), UTF_8))
                .isEqualTo(oneLine("""
                        {"id":"t_1","prompt":"Fix the login","startedAt":"2026-09-23T10:15:30.120Z",
                        "endedAt":"2026-09-23T10:15:40.120Z","durationMs":10000,
                        "events":51,"toolCalls":16,"errors":3,"denials":2,"interrupts":5,"orphans":1,"transactions":4,
                        "tokens":{"input":39,"output":785,"cacheRead":132100,"cacheWrite5m":4050,"cacheWrite1h":7,"total":136981},
                        "cost":{"usd":0.0667095,"unpricedTokens":5200,"reportedUsd":100},"missing":[],
                        "latency":{"all":{"count":30,"p50Ms":263,"p95Ms":503},"tools":{"count":16,"p50Ms":184,"p95Ms":3000},
                        "models":{"count":0,"p50Ms":null,"p95Ms":null}},
                        "models":["claude-opus-4-7","claude-sonnet-4-5-20250929"],
                        "modelSpend":[{"model":"claude-opus-4-7","requests":12,
                        "tokens":{"input":1,"output":2,"cacheRead":3,"cacheWrite5m":4,"cacheWrite1h":5,"total":15},
                        "costUsd":0.25,"unpricedTokens":0}],
                        "tools":[{"name":"Bash","calls":9,"errors":2,"totalMs":4321},{"name":"Read","calls":7,"errors":1,"totalMs":88}]}
                        """));
    }

    private static String oneLine(String json) {
        return json.replace("\n", "");
    }
}
