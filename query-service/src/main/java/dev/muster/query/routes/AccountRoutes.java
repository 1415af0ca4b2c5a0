/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.auth.Caller;
import dev.muster.query.commands.TestEvents;
import dev.muster.query.json.Json;
import dev.muster.query.json.SpendJson;
import dev.muster.query.params.Filters;
import dev.muster.query.params.Parameters;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.read.SpendFilter;
import io.javalin.http.Context;
import io.javalin.http.GoneResponse;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;

/** {@code /v1/me} and what concerns an account as a whole: what it spends, and whether its events arrive. */
final class AccountRoutes {

    private final ApiServices services;
    private final Filters filters;

    AccountRoutes(ApiServices services, Filters filters) {
        this.services = services;
        this.filters = filters;
    }

    void addTo(ApiRoutes routes) {
        routes.get("/v1/me", Parameters.NONE, this::me);
        routes.getByScan("/v1/me/spend-summary", Filters.SPEND, this::spend);
        routes.post("/v1/me/test-event", this::testEvent);
    }

    private void me(Context request, Caller caller) {
        JsonAnswers.json(
                request,
                Json.object()
                        .put("id", caller.account())
                        .put("account", caller.account())
                        .putNull("handle")
                        .putNull("email")
                        .put("timeZone", services.zones().of(caller.account()).getId())
                        .put("retention", services.retention().toString()));
    }

    private void spend(Context request, Caller caller) {
        SpendFilter filter = filters.spend(request, caller);
        ObjectNode json = Json.object()
                .put("from", filter.from().map(LocalDate::toString).orElse(null))
                .put("timeZone", services.zones().of(caller.account()).getId());
        JsonAnswers.json(request, json.setAll(SpendJson.of(services.account().spend(caller.account(), filter))));
    }

    private void testEvent(Context request, Caller caller) {
        if (services.commands()
                .controls()
                .of(caller.account(), TestEvents.agentId(caller.account()))
                .isDeleted()) {
            throw new GoneResponse("The agent «" + TestEvents.AGENT + "» is deleted; restore it first.");
        }
        HookEvent event = services.testEvents().send(caller.account());
        String id = FactId.eventId(RecordKey.of(event), event.getId());
        request.status(HttpStatus.ACCEPTED);
        JsonAnswers.json(
                request,
                Json.object()
                        .put("id", id)
                        .put("eventId", id)
                        .put("accepted", true)
                        .put("agentId", event.getAgentId())
                        .put("sessionId", event.getSessionId()));
    }
}
