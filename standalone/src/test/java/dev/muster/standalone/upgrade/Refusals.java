/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import dev.muster.standalone.upgrade.Exchange.Request;
import java.util.ArrayList;
import java.util.List;

/** Reads that the API refuses. */
final class Refusals {

    private Refusals() {}

    static List<Request> reads() {
        List<Request> requests = new ArrayList<>();
        for (String target : List.of(
                "/",
                "/v1",
                "/v2/me",
                "/v1/me/",
                "/v1/me/nothing",
                "/v1/me/sessions/none",
                "/v1/me/sessions/none/traces",
                "/v1/me/sessions/none/events",
                "/v1/me/sessions/none/traces/none",
                "/v1/me/sessions/large/traces/none",
                "/v1/me/sessions/large/nothing",
                "/v1/me/sessions/",
                "/v1/me/traces/none",
                "/v1/me/traces/%D0%BF%20%2F",
                "/v1/me/agents/none",
                "/v1/me/day-groups/none/2026-11-27",
                "/v1/me/day-groups/deployer/2020-01-01",
                "/v1/me/day-groups/deployer/yesterday",
                "/v1/me/day-groups/deployer/2026-13-01",
                "/v1/me/day-groups/deployer",
                "/v1/me/sessions?limit=ten",
                "/v1/me/sessions?limit=1.5",
                "/v1/me/sessions?limit=",
                "/v1/me/events?limit=ten",
                "/v1/me/traces?limit=x",
                "/v1/me/day-groups?limit=x",
                "/v1/me/agents?limit=x",
                "/v1/me/sessions/large/traces?limit=x",
                "/v1/me/sessions/large/events?limit=x",
                "/v1/me/sessions/large/traces/large-p1?limit=x",
                "/v1/me/traces/large-p1?limit=x",
                "/v1/me/day-groups/deployer/2026-11-27?limit=x",
                "/v1/me/day-groups/deployer/2026-11-27?cursor=x",
                "/v1/me/traces/large-p1?cursor=x",
                "/v1/me/sessions?window=1d",
                "/v1/me/sessions?since=1d",
                "/v1/me/sessions?window=7d&since=7d",
                "/v1/me/traces?window=1d",
                "/v1/me/day-groups?window=1d",
                "/v1/me/spend-summary?window=1d",
                "/v1/me/spend-summary?window=7d&since=24h",
                "/v1/me/events?window=1d",
                "/v1/me/sessions?status=gone",
                "/v1/me/day-groups?status=ACTIVE",
                "/v1/me/sessions?sort=name",
                "/v1/me/day-groups?sort=name",
                "/v1/me/agents?deleted=yes",
                "/v1/me/events?type=none",
                "/v1/me/events?outcome=none",
                "/v1/me/events?from=yesterday",
                "/v1/me/events?to=9999999999999999",
                "/v1/me/events?from=2026-11-27",
                "/v1/me/events?window=7d&from=2026-11-27T00:00:00Z",
                "/v1/me/events?format=xml",
                "/v1/me/events?format=csv&limit=5",
                "/v1/me/events?format=ndjson&cursor=x",
                "/v1/me/events?format=csv&type=none",
                "/v1/me/keys/none",
                "/v1/me/test-event",
                "/v1/me/sessions/large/acknowledge",
                "/v1/me/agents/deployer/pause",
                "/v1/me/agents/deployer/restore",
                "/%zz",
                "/v1/me/sessions?q=%zz",
                "/v1/me/sessions/%00",
                "//",
                "/v1//me")) {
            requests.add(Request.get(target));
        }
        for (String target : List.of(
                "/nothing",
                "/v1/me/sessions/none",
                "/v1/me/agents/none",
                "/v1/me/sessions?status=gone",
                "/v1/me/test-event")) {
            requests.add(Request.of("HEAD", target));
        }
        requests.add(Request.get("/v1/me").with("Host", "muster.example.com"));
        requests.add(Request.get("/v1/me").with("Host", "localhost:8080"));
        requests.add(Request.get("/v1/me").with("Host", "[::1]:1"));
        requests.add(Request.get("/v1/me").with("Host", "127.0.0.1.example.com"));
        requests.add(Request.get("/v1/me").with("Origin", "http://example.com"));
        requests.add(Request.get("/v1/me").with("Authorization", "Bearer vk_nobody"));
        return requests;
    }
}
