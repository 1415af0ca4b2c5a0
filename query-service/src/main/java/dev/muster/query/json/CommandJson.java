/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.commands.CommandService;

/** What became of a command that was given just now. */
public final class CommandJson {

    private CommandJson() {}

    /** An acknowledgement of a session's failures. */
    public static ObjectNode acknowledgement(CommandService.OfSession given) {
        return Json.object()
                .put("sessionId", given.command().getSessionId())
                .put("acknowledgedAt", Times.iso(given.appendedAt()))
                .put("by", given.command().getBy())
                .put("reason", given.command().getReason());
    }
}
