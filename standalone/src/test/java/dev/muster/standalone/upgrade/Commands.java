/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import dev.muster.standalone.upgrade.Exchange.Request;
import java.util.ArrayList;
import java.util.List;

/** What is no read: methods that are not answered, bodies that are refused, and commands whose answers are known. */
final class Commands {

    private static final List<String> BODIES = List.of(
            "{",
            "[]",
            "\"text\"",
            "{\"other\": 1}",
            "{\"reason\": 5}",
            "{\"reason\": \" \"}",
            "{\"reason\": \"a\\u0000b\"}");

    private Commands() {}

    /** In the order in which they are to be sent. */
    static List<Request> all() {
        List<Request> requests = new ArrayList<>();
        methods(requests);
        refusedBodies(requests);
        commands(requests);
        return requests;
    }

    private static void methods(List<Request> requests) {
        for (String path : List.of(
                "/v1/me",
                "/v1/me/sessions",
                "/v1/me/sessions/large",
                "/v1/me/sessions/large/traces",
                "/v1/me/sessions/large/traces/large-p1",
                "/v1/me/sessions/large/events",
                "/v1/me/traces",
                "/v1/me/traces/large-p1",
                "/v1/me/day-groups",
                "/v1/me/day-groups/deployer/2026-11-27",
                "/v1/me/events",
                "/v1/me/spend-summary",
                "/health",
                "/health/live",
                "/health/ready",
                "/metrics",
                "/v1/me/agents",
                "/v1/me/keys/none",
                "/nothing")) {
            requests.add(Request.json("POST", path, "{}"));
            requests.add(Request.of("PUT", path));
        }
        for (String path : List.of(
                "/v1/me/agents/deployer",
                "/v1/me/agents/deployer/pause",
                "/v1/me/agents/deployer/restore",
                "/v1/me/sessions/large/acknowledge",
                "/v1/me/test-event",
                "/v1/me/keys")) {
            requests.add(Request.of("PUT", path));
            requests.add(Request.of("OPTIONS", path));
        }
        requests.add(Request.of("PATCH", "/v1/me/sessions/large"));
        requests.add(Request.of("TRACE", "/v1/me"));
    }

    private static void refusedBodies(List<Request> requests) {
        for (String body : BODIES) {
            requests.add(Request.json("POST", "/v1/me/sessions/large/acknowledge", body));
            requests.add(Request.json("DELETE", "/v1/me/sessions/large/acknowledge", body));
            requests.add(Request.json("POST", "/v1/me/agents/deployer/pause", body));
            requests.add(Request.json("DELETE", "/v1/me/agents/deployer", body));
            requests.add(Request.json("POST", "/v1/me/keys", body.replace("reason", "label")));
            requests.add(Request.json("PATCH", "/v1/me/agents/deployer", body.replace("reason", "displayName")));
        }
        requests.add(Request.json("PATCH", "/v1/me/agents/deployer", "{}"));
        requests.add(Request.json("PATCH", "/v1/me/agents/deployer", "{\"displayName\": \"" + "x".repeat(121) + "\"}"));
        requests.add(Request.json("POST", "/v1/me/agents/deployer/pause", "{\"reason\": \"" + "x".repeat(501) + "\"}"));
        requests.add(Request.json("POST", "/v1/me/keys", "{}"));
        requests.add(Request.json("POST", "/v1/me/keys", "{\"label\": \"a\", \"privacy\": \"none\"}"));
        requests.add(Request.json("POST", "/v1/me/keys", "{\"label\": \"a\", \"agent\": \"" + "x".repeat(121) + "\"}"));
        for (String path : List.of("sessions/large/acknowledge", "agents/deployer/pause", "keys")) {
            requests.add(
                    Request.json("POST", "/v1/me/" + path, "{\"label\": \"a\"}").with("Content-Type", "text/plain"));
            requests.add(new Request("POST", "/v1/me/" + path, java.util.Map.of(), "{\"reason\": \"a\"}"));
            requests.add(Request.json("POST", "/v1/me/" + path, "{}").with("Origin", "http://example.com"));
            requests.add(Request.json("POST", "/v1/me/" + path, "{}").with("Host", "example.com"));
        }
        for (String path : List.of("sessions/none/acknowledge", "agents/none/pause", "agents/none/restore")) {
            requests.add(Request.json("POST", "/v1/me/" + path, "{}"));
        }
        for (String path : List.of("sessions/none/acknowledge", "agents/none", "agents/none/pause", "keys/none")) {
            requests.add(Request.of("DELETE", "/v1/me/" + path));
        }
        requests.add(Request.json("PATCH", "/v1/me/agents/none", "{\"displayName\": \"a\"}"));
    }

    /** The clock stands still, so that they are answered the same each time. */
    private static void commands(List<Request> requests) {
        requests.add(Request.of("POST", "/v1/me/test-event"));
        requests.add(Request.json("PATCH", "/v1/me/agents/trader", "{\"displayName\": \" Händler \"}"));
        requests.add(Request.json("PATCH", "/v1/me/agents/trader", "{\"displayName\": null}"));
        requests.add(Request.json("POST", "/v1/me/agents/trader/pause", "{\"reason\": \"over budget\"}"));
        requests.add(Request.json("POST", "/v1/me/agents/trader/pause", "{\"reason\": \"again\"}"));
        requests.add(Request.get("/v1/me/agents/trader"));
        requests.add(Request.of("DELETE", "/v1/me/agents/trader/pause"));
        requests.add(Request.of("DELETE", "/v1/me/agents/trader"));
        requests.add(Request.get("/v1/me/sessions/transfers"));
        requests.add(Request.of("POST", "/v1/me/agents/trader/restore"));
        requests.add(
                Request.json("DELETE", "/v1/me/sessions/failed-and-known/acknowledge", "{\"reason\": \"not so\"}"));
    }
}
