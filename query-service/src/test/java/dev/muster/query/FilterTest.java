/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Samples;
import dev.muster.schemas.AgentId;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.Dimensions;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EntryType;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters of a request ask for; the clock stands at {@link Samples#START}, 12:15:30 in Berlin. */
class FilterTest {

    private static final String BOUNDS = "from must be a time such as 2026-09-23T10:15:30Z, or epoch milliseconds, "
            + "from 1973 on and before 10000; seconds are no milliseconds.";

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me/sessions", "/v1/me/day-groups"})
    void sessionsAreAskedForWithEveryFilter(String path) throws Exception {
        assertThat(api.get(path
                                + "?window=7d&agentId=my%20bot&status=errored&model=m&tool=Bash&q=%C3%A9&sort=p95&limit=7"
                                + "&repo=github.com%2Facme%2Fweb&branch=main&host=ci-7&user=jane")
                        .statusCode())
                .isEqualTo(200);

        assertThat(api.accounts().asked())
                .containsExactly(
                        new SessionFilter(
                                Optional.of(Samples.START.minus(Duration.ofDays(7))),
                                Optional.of(AgentId.of("local", "my bot")),
                                Optional.of(Status.ERRORED),
                                Optional.of("m"),
                                Optional.of("Bash"),
                                Optional.of("é"),
                                new Dimensions(Samples.PLACE)),
                        SessionSort.P95,
                        7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?window=all", "?since=all", "?window=&agentId=&status=&model=&tool=&q=&sort=&limit=50"})
    void withoutFiltersEverySessionIsAskedFor(String query) throws Exception {
        assertThat(api.get("/v1/me/sessions" + query).statusCode()).isEqualTo(200);

        assertThat(api.accounts().asked()).containsExactly(SessionFilter.ALL, SessionSort.LAST_ACTIVITY, 50);
    }

    @Test
    void anAgentIsNamedByItsIdToo() throws Exception {
        api.get("/v1/me/traces?since=24h&q=login&repo=web&agentId=" + Samples.AGENT);

        assertThat(api.accounts().asked())
                .containsExactly(
                        new TraceFilter(
                                Optional.of(Samples.START.minus(Duration.ofDays(1))),
                                Optional.of(Samples.AGENT),
                                Optional.of("login"),
                                new Dimensions(Map.of(Dimension.REPO, "web"))),
                        50);
    }

    @ParameterizedTest
    @CsvSource({"24h, 2026-09-23", "7d, 2026-09-17", "30d, 2026-08-25"})
    void spendGoesByWholeDaysOfTheZone(String window, LocalDate first) throws Exception {
        JsonNode spend = Api.json(api.get("/v1/me/spend-summary?branch=main&window=" + window));

        assertThat(api.accounts().asked())
                .containsExactly(new SpendFilter(
                        Optional.of(first), Optional.empty(), new Dimensions(Map.of(Dimension.BRANCH, "main"))));
        assertThat(spend.path("from").textValue()).isEqualTo(first.toString());
        assertThat(spend.path("timeZone").textValue()).isEqualTo("Europe/Berlin");
    }

    @Test
    void theAuditLogIsAskedForWithEveryFilter() throws Exception {
        api.get("/v1/me/events?from=2026-09-23T10:00:00%2B02:00&to=1790200000000&agentId=my%20bot&sessionId=s-1"
                + "&type=tool&outcome=failed&tool=Bash&q=boom&limit=1000"
                + "&repo=github.com/acme/web&branch=main&host=ci-7&user=jane");

        assertThat(api.accounts().asked())
                .containsExactly(
                        new AuditFilter(
                                Optional.of(Instant.parse("2026-09-23T08:00:00Z")),
                                Optional.of(Instant.ofEpochMilli(1_790_200_000_000L)),
                                Optional.of(AgentId.of("local", "my bot")),
                                Optional.of("s-1"),
                                Optional.of(EntryType.TOOL),
                                Optional.of(EntryOutcome.FAILED),
                                Optional.of("Bash"),
                                Optional.of("boom"),
                                new Dimensions(Samples.PLACE)),
                        1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sessions?window=8d | window must be 24h, 7d, 30d or all.",
                "traces?since=week | since must be 24h, 7d, 30d or all.",
                "sessions?window=7d&since=7d | window and since mean the same: give one of them.",
                "sessions?status=Idle | status must be paused, errored, active, idle or done.",
                "day-groups?sort=name" + " | sort must be lastActivity, start, cost, tokens, duration, errors or p95.",
                "events?type=log | type must be decision, reasoning, tool, tx, action, error or command.",
                "events?outcome=ok | outcome must be pending, success, failed, denied or interrupted.",
                "events?format=xml | format must be json, csv or ndjson.",
                "events?from=yesterday | from must be a time such as 2026-09-23T10:15:30Z, or epoch milliseconds.",
                "events?to=-1 | to must be a time such as 2026-09-23T10:15:30Z, or epoch milliseconds.",
                "events?since=7d&from=2026-09-23T08:00:00Z | window and from both say where to begin: give one of them.",
                "events?from=1795999200 | " + BOUNDS,
                "events?from=1795999200000000 | from must be a time such as 2026-09-23T10:15:30Z, or epoch milliseconds.",
                "events?from=999999999999999 | " + BOUNDS,
                "events?from=1969-12-31T00:00:00Z | " + BOUNDS,
                "events?from=2026-09-23T10:00:00Z&to=2026-09-23T09:59:59Z | to is before from: nothing can lie between them.",
                "events?format=csv&limit=5 | limit is for pages; a file has every entry that fits.",
                "events?limit=x | limit must be a whole number from 1 to 1000.",
                "agents?deleted=yes | deleted must be true or false.",
                "day-groups/bot/today | «today» is no day; write it as 2026-09-23."
            })
    void aWrongValueIsToldWithWhatItMayBe(String path, String message) throws Exception {
        Api.assertProblem(api.get("/v1/me/" + path), 400, "invalid_request", message);
        assertThat(api.accounts().asked()).isEmpty();
    }
}
