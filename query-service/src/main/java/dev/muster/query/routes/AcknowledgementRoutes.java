/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.commands.CommandService;
import dev.muster.query.json.CommandJson;
import dev.muster.query.params.JsonBody;
import dev.muster.schemas.avro.SessionCommandKind;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionView;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/sessions/{id}/acknowledge}: that somebody knows of a session's failures. */
final class AcknowledgementRoutes {

    private static final String ACKNOWLEDGE = "/v1/me/sessions/{id}/acknowledge";
    private static final String REASON = "reason";

    private final SessionReader reader;
    private final CommandService commands;

    AcknowledgementRoutes(SessionReader reader, CommandService commands) {
        this.reader = reader;
        this.commands = commands;
    }

    void addTo(ApiRoutes routes) {
        routes.post(
                ACKNOWLEDGE,
                (request, caller) -> JsonAnswers.json(
                        request,
                        CommandJson.acknowledgement(command(request, caller, SessionCommandKind.ACKNOWLEDGE))));
        routes.delete(ACKNOWLEDGE, (request, caller) -> {
            command(request, caller, SessionCommandKind.UNACKNOWLEDGE);
            request.status(HttpStatus.NO_CONTENT);
        });
    }

    private CommandService.OfSession command(Context request, Caller caller, SessionCommandKind kind) {
        String id = request.pathParam("id");
        JsonBody body = JsonBody.ofOptional(request, REASON);
        SessionView session = reader.session(caller.account(), id)
                .orElseThrow(() -> new NotFoundResponse("There is no session «" + id + "»."));
        return commands.command(caller, session, kind, body.text(REASON, AgentRoutes.MAX_REASON));
    }
}
