/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.commands.CommandBook;
import dev.muster.query.json.AgentJson;
import dev.muster.query.json.AuditJson;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AgentProfile;
import io.javalin.config.RoutesConfig;
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
    private static final String NAME = "displayName";
    private static final String REASON = "reason";
    private static final int MAX_NAME = 120;

    private final AccountReader reader;
    private final CommandBook commands;
    private final AuditJson audit;
    private final String account;

    AgentRoutes(AccountReader reader, CommandBook commands, String account) {
        this.reader = reader;
        this.commands = commands;
        this.account = account;
        audit = new AuditJson(commands.controls());
    }

    void addTo(Reads reads) {
        RoutesConfig routes = reads.routes();
        reads.addLarge(AGENTS, this::list);
        reads.add(AGENT, request -> Answers.json(request, AgentJson.of(profile(request), audit)));
        routes.patch(AGENT, this::rename);
        routes.delete(AGENT, request -> command(request, AgentCommandKind.DELETE));
        routes.post(RESTORE, request -> command(request, AgentCommandKind.RESTORE));
        routes.post(PAUSE, request -> command(request, AgentCommandKind.PAUSE));
        routes.delete(PAUSE, request -> command(request, AgentCommandKind.RESUME));
    }

    private void list(Context request) {
        PageRequest page = PageRequest.of(request);
        Answers.page(
                request,
                "agents",
                reader.agents(account, deleted(request), page.limit(), page.cursor()),
                AgentJson::of);
    }

    private static boolean deleted(Context request) {
        String deleted = Filters.text(request, "deleted").orElse("false");
        if (!List.of("true", "false").contains(deleted)) {
            throw new BadRequestResponse("deleted must be true or false.");
        }
        return Boolean.parseBoolean(deleted);
    }

    private void rename(Context request) {
        JsonBody body = JsonBody.of(request, NAME);
        if (!body.has(NAME)) {
            throw new BadRequestResponse(NAME + " is missing: a name, or null for the agent's label.");
        }
        Optional<String> name = body.text(NAME, MAX_NAME);
        commands.rename(account, profile(request).agent(), name);
        answer(request);
    }

    private void command(Context request, AgentCommandKind kind) {
        Optional<String> reason = JsonBody.ofOptional(request, REASON).text(REASON, MAX_REASON);
        commands.command(account, profile(request).agent(), kind, reason);
        answer(request);
    }

    /** Answers with the agent as it is after a command. */
    private void answer(Context request) {
        Answers.json(request, AgentJson.of(profile(request).agent()));
    }

    private AgentProfile profile(Context request) {
        String agent = request.pathParam("id");
        return reader.agent(account, AgentId.of(account, agent))
                .orElseThrow(() -> new NotFoundResponse("There is no agent «" + agent + "»."));
    }
}
