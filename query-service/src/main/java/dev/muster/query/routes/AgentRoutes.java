/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.commands.CommandService;
import dev.muster.query.json.AgentJson;
import dev.muster.query.json.AuditJson;
import dev.muster.query.params.Filters;
import dev.muster.query.params.JsonBody;
import dev.muster.query.params.PageRequest;
import dev.muster.query.params.Parameters;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AgentProfile;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Optional;

/** {@code /v1/me/agents}: an account's agents, and what is wanted of them. A path takes an agent's id or its label. */
final class AgentRoutes {

    /** The most characters of a reason. */
    static final int MAX_REASON = 500;

    private static final String AGENTS = "/v1/me/agents";
    private static final String AGENT = AGENTS + "/{id}";
    private static final String PAUSE = AGENT + "/pause";
    private static final String RESTORE = AGENT + "/restore";
    private static final String DELETED = "deleted";
    private static final String NAME = "displayName";
    private static final String REASON = "reason";
    private static final int MAX_NAME = 120;

    private final AccountReader reader;
    private final CommandService commands;
    private final AuditJson audit;

    AgentRoutes(AccountReader reader, CommandService commands) {
        this.reader = reader;
        this.commands = commands;
        audit = new AuditJson(commands.controls());
    }

    void addTo(ApiRoutes routes) {
        routes.getByScan(AGENTS, Parameters.of(DELETED).and(PageRequest.PARAMETERS), this::list);
        routes.get(
                AGENT,
                Parameters.NONE,
                (request, caller) -> JsonAnswers.json(request, AgentJson.of(profile(request, caller), audit)));
        routes.patch(AGENT, this::rename);
        routes.delete(AGENT, (request, caller) -> command(request, caller, AgentCommandKind.DELETE));
        routes.post(RESTORE, (request, caller) -> command(request, caller, AgentCommandKind.RESTORE));
        routes.post(PAUSE, (request, caller) -> command(request, caller, AgentCommandKind.PAUSE));
        routes.delete(PAUSE, (request, caller) -> command(request, caller, AgentCommandKind.RESUME));
    }

    private void list(Context request, Caller caller) {
        PageRequest page = PageRequest.of(request);
        JsonAnswers.page(
                request,
                "agents",
                page.answered(reader.agents(caller.account(), deleted(request), page.limit(), page.cursor())),
                AgentJson::of);
    }

    private static boolean deleted(Context request) {
        String deleted = Filters.text(request, DELETED).orElse("false");
        if (!List.of("true", "false").contains(deleted)) {
            throw new BadRequestResponse(DELETED + " must be true or false.");
        }
        return Boolean.parseBoolean(deleted);
    }

    private void rename(Context request, Caller caller) {
        JsonBody body = JsonBody.of(request, NAME);
        if (!body.has(NAME)) {
            throw new BadRequestResponse(NAME + " is missing: a name, or null for the agent's label.");
        }
        Optional<String> name = body.text(NAME, MAX_NAME);
        commands.rename(caller, profile(request, caller).agent(), name);
        answer(request, caller);
    }

    private void command(Context request, Caller caller, AgentCommandKind kind) {
        Optional<String> reason = JsonBody.ofOptional(request, REASON).text(REASON, MAX_REASON);
        commands.command(caller, profile(request, caller).agent(), kind, reason);
        answer(request, caller);
    }

    /** Answers with the agent as it is after a command. */
    private void answer(Context request, Caller caller) {
        JsonAnswers.json(request, AgentJson.of(profile(request, caller).agent()));
    }

    private AgentProfile profile(Context request, Caller caller) {
        String agent = request.pathParam("id");
        return reader.agent(caller.account(), AgentId.of(caller.account(), agent))
                .orElseThrow(() -> new NotFoundResponse("There is no agent «" + agent + "»."));
    }
}
