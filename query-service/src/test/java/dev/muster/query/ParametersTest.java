/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A question that was not understood is told, on every route; nothing is asked of the sessions then. */
class ParametersTest {

    private static final String PAGE = "limit and cursor";
    private static final String SESSIONS =
            "window, since, agentId, status, model, tool, q, repo, branch, host, user, sort, ";

    private final Api api = Api.start();

    /** Every route that is read, and what it knows. */
    record Route(String path, String known) {}

    static List<Route> routes() {
        return List.of(
                new Route("", ""),
                new Route("/sessions", SESSIONS + PAGE),
                new Route("/sessions/s-1", ""),
                new Route("/sessions/s-1/traces", PAGE),
                new Route("/sessions/s-1/traces/t%2F2", PAGE),
                new Route("/sessions/s-1/events", PAGE),
                new Route("/day-groups", SESSIONS + PAGE),
                new Route("/day-groups/bot/2026-09-23", PAGE),
                new Route("/traces", "window, since, agentId, q, repo, branch, host, user, " + PAGE),
                new Route("/traces/t%2F1", PAGE),
                new Route("/agents", "deleted, " + PAGE),
                new Route("/agents/bot", ""),
                new Route("/spend-summary", "window, since, agentId, repo, branch, host and user"),
                new Route(
                        "/events",
                        "window, since, from, to, agentId, sessionId, type, outcome, tool, q, repo, branch, host, user, format, "
                                + PAGE),
                new Route("/keys", ""));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anUnknownParameterIsToldWithWhatThereIs(Route route) throws Exception {
        String thereIs = route.known().isEmpty() ? "there is none at all" : "there are " + route.known();
        for (String name : List.of("statuss", "Limit", "agent", "é")) {
            Api.assertProblem(
                    api.get("/v1/me" + route.path() + "?" + Api.encoded(name) + "="),
                    400,
                    "invalid_request",
                    "There is no parameter «" + name + "» here; " + thereIs + ".");
        }
        assertThat(api.accounts().asked()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aParameterThatIsGivenTwiceIsTold(Route route) throws Exception {
        for (String name :
                route.known().isEmpty() ? new String[0] : route.known().split(", | and ")) {
            Api.assertProblem(
                    api.get("/v1/me" + route.path() + "?" + name + "=a&" + name + "=a"),
                    400,
                    "invalid_request",
                    name + " is given 2 times; give it once.");
        }
        assertThat(api.accounts().asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/me/test-event",
        "POST, /v1/me/keys",
        "DELETE, /v1/me/keys/x",
        "POST, /v1/me/sessions/s-1/acknowledge",
        "DELETE, /v1/me/sessions/s-1/acknowledge",
        "PATCH, /v1/me/agents/bot",
        "DELETE, /v1/me/agents/bot",
        "POST, /v1/me/agents/bot/restore",
        "POST, /v1/me/agents/bot/pause",
        "DELETE, /v1/me/agents/bot/pause"
    })
    void whatChangesSomethingTakesNone(String method, String path) throws Exception {
        Api.assertProblem(
                api.send(method, path + "?reason=x"),
                400,
                "invalid_request",
                "There is no parameter «reason» here; there is none at all.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/me/sessions?limit=1&cursor=",
                "/v1/me/sessions?sort=cost&status=idle&limit=1&cursor=",
                "/v1/me/sessions?sort=cost&window=7d&limit=1&cursor=",
                "/v1/me/day-groups?sort=cost&status=errored&limit=1&cursor=",
                "/v1/me/sessions/s-1/traces?limit=1&cursor=",
                "/v1/me/events?limit=1&cursor=",
                "/v1/me/sessions/s-1/events?limit=1&cursor="
            })
    void aCursorOfAnotherListFilterOrOrderIsRefused(String list) throws Exception {
        String cursor = cursorOf("/v1/me/sessions?sort=cost&status=errored&limit=1");

        Api.assertProblem(
                api.get(list + cursor),
                400,
                "invalid_cursor",
                "The cursor is of another list, or of other filters or another order: begin without one.");
    }

    @Test
    void theSameListGoesOnInAnotherOrderOfParametersAndWithAnotherLimit() throws Exception {
        String cursor = cursorOf("/v1/me/sessions?sort=cost&status=errored&limit=1");

        assertThat(Api.ids(Api.json(api.get(
                                "/v1/me/sessions?model=&limit=2&cursor=" + cursor + "&status=errored&sort=cost"))
                        .get("sessions")))
                .containsExactly("..", "x;y=1?z#w\\+&");
    }

    @Test
    void anAmpersandTooManyIsNoParameter() throws Exception {
        assertThat(api.get("/v1/me/sessions?limit=1&").statusCode()).isEqualTo(200);
        assertThat(api.get("/v1/me/sessions?&&limit=1").statusCode()).isEqualTo(200);
    }

    @Test
    void aCursorOfBeforeGoesOn() throws Exception {
        assertThat(Api.ids(Api.json(api.get("/v1/me/sessions?limit=1&cursor=4")).get("sessions")))
                .containsExactly("s-0");
    }

    private String cursorOf(String list) throws Exception {
        return Api.encoded(Api.json(api.get(list)).get("nextCursor").textValue());
    }
}
