/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.commands.CommandBook;
import dev.muster.query.json.CommandJson;
import dev.muster.schemas.avro.SessionCommandKind;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/sessions/{id}/acknowledge}: that somebody knows of a session's failures. */
final class AcknowledgementRoutes {

    private static final String ACKNOWLEDGE = "/v1/me/sessions/{id}/acknowledge";
    private static final String REASON = "reason";

    private final SessionReader reader;
    private final CommandBook commands;
    private final String account;

    AcknowledgementRoutes(SessionReader reader, CommandBook commands, String account) {
        this.reader = reader;
        this.commands = commands;
        this.account = account;
    }

    void addTo(RoutesConfig routes) {
        routes.post(
                ACKNOWLEDGE,
                request -> Answers.json(
                        request, CommandJson.acknowledgement(command(request, SessionCommandKind.ACKNOWLEDGE))));
        routes.delete(ACKNOWLEDGE, request -> {
            command(request, SessionCommandKind.UNACKNOWLEDGE);
            request.status(HttpStatus.NO_CONTENT);
        });
    }

    private CommandBook.OfSession command(Context request, SessionCommandKind kind) {
        String id = request.pathParam("id");
        JsonBody body = JsonBody.ofOptional(request, REASON);
        SessionView session = reader.session(account, id)
                .orElseThrow(() -> new NotFoundResponse("There is no session «" + id + "»."));
        return commands.command(account, session, kind, body.text(REASON, AgentRoutes.MAX_REASON));
    }
}
