/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.DayGroupJson;
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
    private final String account;
    private final Filters filters;

    DayGroupRoutes(AccountReader reader, String account, Filters filters) {
        this.reader = reader;
        this.account = account;
        this.filters = filters;
    }

    void addTo(Reads reads) {
        reads.addLarge(GROUPS, this::groups);
        reads.add(GROUP, this::group);
    }

    private void groups(Context request) {
        PageRequest page = PageRequest.of(request);
        Answers.page(
                request,
                "dayGroups",
                reader.dayGroups(
                        account, filters.sessions(request), filters.sort(request), page.limit(), page.cursor()),
                DayGroupJson::of);
    }

    private void group(Context request) {
        String agent = AgentId.of(account, request.pathParam("agentId"));
        LocalDate day = day(request.pathParam("day"));
        PageRequest page = PageRequest.of(request);
        DayGroupView group = reader.dayGroup(account, agent, day)
                .orElseThrow(() -> new NotFoundResponse(
                        "The agent «" + request.pathParam("agentId") + "» began no session on " + day + "."));
        Answers.json(
                request,
                DayGroupJson.withSessions(group, reader.daySessions(account, agent, day, page.limit(), page.cursor())));
    }

    private static LocalDate day(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw new BadRequestResponse("«" + day + "» is no day; write it as 2026-09-23.");
        }
    }
}
