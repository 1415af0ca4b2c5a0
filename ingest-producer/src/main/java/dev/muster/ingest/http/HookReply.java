/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.claudecode.HookStop;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.MappedBody;
import dev.muster.schemas.avro.HookEvent;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The answer to a hook, which its agent waits for: empty, unless the agent is to stop; 410 of a deleted one. */
final class HookReply {

    private HookReply() {}

    static void send(Context context, Admitted admitted) {
        MappedBody mapped = admitted.mapped();
        if (mapped.events().isEmpty()) {
            ErrorReplies.agentDeleted(context, mapped.refused().get(0).issues());
            return;
        }
        HookEvent hook = mapped.events().get(0);
        context.status(HttpStatus.OK);
        admitted.stopReason()
                .flatMap(reason -> HookStop.answer(hook.getHookEvent(), reason))
                .ifPresent(answer -> ErrorReplies.json(context, HttpStatus.OK, answer));
    }
}
