/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.json.DayGroupJson;
import dev.muster.query.params.Filters;
import dev.muster.query.params.PageRequest;
import dev.muster.schemas.AgentId;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.DayGroupView;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** {@code /v1/me/day-groups}: the sessions that an agent began on a day, as one. */
final class DayGroupRoutes {

    private static final String GROUPS = "/v1/me/day-groups";
    private static final String GROUP = GROUPS + "/{agentId}/{day}";

    private final AccountReader reader;
    private final Filters filters;

    DayGroupRoutes(AccountReader reader, Filters filters) {
        this.reader = reader;
        this.filters = filters;
    }

    void addTo(ApiRoutes routes) {
        routes.getByScan(GROUPS, Filters.SESSIONS.and(Filters.ORDER).and(PageRequest.PARAMETERS), this::groups);
        routes.get(GROUP, PageRequest.PARAMETERS, this::group);
    }

    private void groups(Context request, Caller caller) {
        PageRequest page = PageRequest.of(request);
        JsonAnswers.page(
                request,
                "dayGroups",
                page.answered(reader.dayGroups(
                        caller.account(),
                        filters.sessions(request, caller),
                        filters.sort(request),
                        page.limit(),
                        page.cursor())),
                DayGroupJson::of);
    }

    private void group(Context request, Caller caller) {
        String agent = AgentId.of(caller.account(), request.pathParam("agentId"));
        LocalDate day = day(request.pathParam("day"));
        PageRequest page = PageRequest.of(request);
        DayGroupView group = reader.dayGroup(caller.account(), agent, day)
                .orElseThrow(() -> new NotFoundResponse(
                        "The agent «" + request.pathParam("agentId") + "» began no session on " + day + "."));
        JsonAnswers.json(
                request,
                DayGroupJson.withSessions(
                        group,
                        page.answered(reader.daySessions(caller.account(), agent, day, page.limit(), page.cursor()))));
    }

    private static LocalDate day(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new BadRequestResponse("«" + day + "» is no day; write it as 2026-09-23.");
        }
    }
}
