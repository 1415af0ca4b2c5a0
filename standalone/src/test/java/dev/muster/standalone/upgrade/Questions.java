/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.standalone.upgrade.Exchange.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Asks an API everything: each route, filter and order, lists to their end, and what it refuses. */
final class Questions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ME = "/v1/me/";
    private static final List<String> SORTS =
            List.of("lastActivity", "start", "cost", "tokens", "duration", "errors", "p95");
    private static final List<String> FIGURE_FILTERS = List.of(
            "window=24h",
            "window=7d",
            "since=30d",
            "window=all",
            "window=",
            "agentId=deployer",
            "agentId=" + encoded("Ünïcode бот «7»"),
            "agentId=nobody",
            "status=paused",
            "status=errored",
            "status=active",
            "status=idle",
            "status=done",
            "model=gpt-5-mini",
            "model=" + encoded("модель-1"),
            "model=none",
            "tool=Bash",
            "tool=" + encoded("Write,\"quoted\""),
            "tool=none",
            "q=build",
            "q=BUILD",
            "q=nowhere",
            "q=" + encoded("größe"),
            "window=7d&status=done&model=claude-sonnet-4-5&tool=Bash",
            "agentId=deployer&status=errored&q=fail",
            "unknown=1");

    private final URI api;
    private final List<Exchange> exchanges = new ArrayList<>();

    Questions(URI api) {
        this.api = api;
    }

    List<Exchange> ask() throws IOException {
        account();
        JsonNode sessions = get(ME + "sessions?limit=500");
        lists();
        for (JsonNode session : sessions.path("sessions")) {
            String id = session.path("id").textValue();
            get(ME + "sessions/" + encoded(id));
        }
        for (String id : List.of(
                "large",
                "run/with?odd #chars%2F&=+",
                "сессия-1",
                "over-midnight",
                "orphans",
                "waits",
                "active",
                "no-prompt",
                "transfers",
                "02ace589-459f-407d-bd7c-0fa1a6e6bf93",
                "c93b0912-3f5a-4c74-8a9e-f6ee1b744c43",
                "bot-run-mws2xhkz")) {
            session(encoded(id), id.equals("large") ? 60 : 3);
        }
        agents();
        dayGroups();
        audit();
        refusals();
        for (Request request : Commands.all()) {
            ask(request);
        }
        return exchanges;
    }

    private void account() throws IOException {
        for (String path : List.of(
                ME.substring(0, ME.length() - 1),
                ME + "keys",
                "/health/live",
                "/health/ready",
                ME + "spend-summary",
                ME + "spend-summary?window=24h",
                ME + "spend-summary?window=7d",
                ME + "spend-summary?since=30d",
                ME + "spend-summary?window=all",
                ME + "spend-summary?agentId=deployer",
                ME + "spend-summary?agentId=nobody",
                ME + "spend-summary?window=7d&agentId=" + encoded("claude-code:shop/web"))) {
            get(path);
            head(path);
        }
        head("/health");
        head("/metrics");
    }

    private void lists() throws IOException {
        for (int limit : List.of(1, 7, 50)) {
            walk(ME + "sessions?limit=" + limit, limit == 1 ? 12 : 100);
        }
        walk(ME + "traces?limit=9", 12);
        walk(ME + "traces?limit=200", 100);
        walk(ME + "agents?limit=4", 100);
        walk(ME + "agents?deleted=true&limit=4", 100);
        for (String list : List.of("sessions", "day-groups")) {
            for (String sort : SORTS) {
                walk(ME + list + "?limit=30&sort=" + sort, 100);
                walk(ME + list + "?limit=5&window=7d&status=errored&sort=" + sort, 100);
            }
            for (String filter : FIGURE_FILTERS) {
                get(ME + list + "?limit=20&" + filter);
            }
            get(ME + list + "?sort=");
        }
        walk(ME + "day-groups?limit=6", 100);
        for (String filter : List.of(
                "window=24h",
                "window=7d",
                "since=30d",
                "agentId=deployer",
                "agentId=nobody",
                "q=mend",
                "q=MEND",
                "q=p1",
                "q=nowhere",
                "window=7d&agentId=deployer&q=build")) {
            walk(ME + "traces?limit=25&" + filter, 4);
        }
        for (String limit : List.of("0", "-5", "1", "999999999999999999999", "500", "501")) {
            get(ME + "agents?limit=" + limit);
        }
        for (String list : List.of("sessions", "traces", "day-groups", "agents", "events")) {
            head(ME + list);
            head(ME + list + "?limit=none");
        }
    }

    private void session(String id, int limit) throws IOException {
        String session = ME + "sessions/" + id;
        head(session);
        JsonNode traces = get(session + "/traces?limit=500");
        walk(session + "/traces?limit=" + limit, 100);
        walk(session + "/events?limit=" + limit * 3, 100);
        head(session + "/traces");
        head(session + "/events");
        int asked = 0;
        for (JsonNode trace : traces.path("traces")) {
            if (asked++ < 3) {
                String traceId = encoded(trace.path("id").textValue());
                walk(session + "/traces/" + traceId + "?limit=3", 100);
                get(ME + "traces/" + traceId);
                head(session + "/traces/" + traceId);
                head(ME + "traces/" + traceId);
            }
        }
    }

    private void agents() throws IOException {
        get(ME + "agents?limit=500");
        for (JsonNode agent : get(ME + "agents?deleted=true&limit=500").path("agents")) {
            get(ME + "agents/" + agent.path("id").textValue());
        }
        for (String label : List.of("deployer", "retired", "claude-code:shop/web", "Ünïcode бот «7»")) {
            get(ME + "agents/" + encoded(label));
            head(ME + "agents/" + encoded(label));
        }
        get(ME + "agents?deleted=false");
        get(ME + "agents?deleted=");
    }

    private void dayGroups() throws IOException {
        for (JsonNode group : get(ME + "day-groups?limit=500").path("dayGroups")) {
            String path = ME + "day-groups/" + group.at("/agent/id").textValue() + "/"
                    + group.path("day").textValue();
            walk(path + "?limit=2", 100);
        }
        head(ME + "day-groups/deployer/2026-11-27");
        get(ME + "day-groups/deployer/2026-11-27");
    }

    private void audit() throws IOException {
        walk(ME + "events?limit=400", 100);
        walk(ME + "events?limit=1000&window=24h", 100);
        String day = "from=2026-11-27T00:00:00%2B01:00&to=2026-11-27T12:00:00Z";
        walk(ME + "events?limit=30&" + day, 100);
        List<String> filters = new ArrayList<>(List.of(
                "window=7d&limit=5",
                "agentId=deployer&limit=30",
                "agentId=muster:test",
                "agentId=nobody",
                "sessionId=" + encoded("run/with?odd #chars%2F&=+"),
                "sessionId=none",
                "tool=search",
                "tool=none",
                "q=fail",
                "q=BUDGET",
                "q=nowhere",
                "q=" + encoded("größe"),
                "from=1795900000000&to=1796000000000&limit=20",
                "to=2026-11-24T00:00:00Z",
                "type=tool&outcome=failed&window=7d",
                "type=command&agentId=deployer",
                "outcome=failed&agentId=deployer&tool=Bash&q=exit"));
        for (String type : List.of("decision", "reasoning", "tool", "tx", "action", "error", "command")) {
            filters.add("limit=40&type=" + type);
        }
        for (String outcome : List.of("pending", "success", "failed")) {
            filters.add("limit=40&outcome=" + outcome);
        }
        for (String filter : filters) {
            walk(ME + "events?" + filter, 2);
        }
        for (String format : List.of("csv", "ndjson", "json")) {
            get(ME + "events?format=" + format + "&" + day);
            get(ME + "events?format=" + format + "&type=command");
            get(ME + "events?format=" + format + "&sessionId=" + encoded("run/with?odd #chars%2F&=+"));
            get(ME + "events?format=" + format + "&agentId=nobody");
            head(ME + "events?format=" + format);
        }
        get(ME + "events?format=csv");
        for (String accept :
                List.of("text/csv", "application/x-ndjson", "application/json, text/csv", "*/*", "image/png")) {
            ask(Request.get(ME + "events?type=command").with("Accept", accept));
        }
    }

    private void refusals() throws IOException {
        for (Request request : Refusals.reads()) {
            ask(request);
        }
        // Cursors that another list gave out, and damaged ones.
        List<String> lists = List.of(
                "sessions",
                "sessions?sort=cost",
                "traces",
                "day-groups",
                "agents",
                "events",
                "sessions/large/traces",
                "sessions/large/events",
                "sessions/large/traces/large-p1");
        TreeSet<String> cursors = new TreeSet<>();
        for (String list : lists) {
            JsonNode page = get(ME + list + (list.contains("?") ? "&" : "?") + "limit=1");
            String cursor =
                    page.path("nextCursor").asText(page.at("/events/nextCursor").asText());
            if (!cursor.isEmpty()) {
                cursors.add(cursor);
            }
        }
        cursors.add("none");
        cursors.add("AAAA");
        for (String list : lists) {
            for (String cursor : cursors) {
                get(ME + list + (list.contains("?") ? "&" : "?") + "limit=2&cursor=" + encoded(cursor));
            }
            get(ME + list + (list.contains("?") ? "&" : "?") + "limit=2&cursor=");
        }
    }

    /** Reads a list to its end, or so many pages of it. */
    private void walk(String list, int max) throws IOException {
        JsonNode page = get(list);
        for (int i = 1; i < max && page.path("nextCursor").isTextual(); i++) {
            page = get(list + "&cursor=" + encoded(page.path("nextCursor").textValue()));
        }
    }

    private void head(String target) throws IOException {
        ask(Request.of("HEAD", target));
    }

    private JsonNode get(String target) throws IOException {
        Exchange exchange = ask(Request.get(target));
        return exchange.answer().headers().getOrDefault("Content-Type", "").startsWith("application/json")
                ? JSON.readTree(exchange.answer().body())
                : JSON.missingNode();
    }

    private Exchange ask(Request request) throws IOException {
        Exchange exchange = new Exchange(request, PlainHttp.send(api, request));
        if (exchange.answer().status() >= 500) {
            throw new IOException(request + " was answered " + exchange.answer());
        }
        exchanges.add(exchange);
        return exchange;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
