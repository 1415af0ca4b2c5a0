/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;

/** Events as tests begin them. */
public final class Events {

    private Events() {}

    /** What a hook tells of session {@code s} of one agent, received when it happened, in epoch milliseconds. */
    public static HookEvent.Builder at(String id, FactKind kind, long time) {
        return HookEvents.newBuilder()
                .setId(id)
                .setAccount("local")
                .setAgentId("c000000000000000000000000")
                .setAgentLabel("claude-code:demo")
                .setAgentLabelRank(LabelRank.DIRECTORY)
                .setSessionId("s")
                .setKind(kind)
                .setSource(Source.HOOK)
                .setTimestamp(time)
                .setReceivedAt(time);
    }
}
