/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.Amount;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EventView;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An event in the field style of Voight's contract; what a source did not tell is left out. */
public final class EventJson {

    private EventJson() {}

    /** The event's document. */
    public static ObjectNode of(EventView view) {
        HookEvent event = view.event();
        return new Fields()
                .put("id", FactId.eventId(sentFor(event), event.getId()))
                .put("agentId", event.getAgentId())
                .put("timestamp", Times.iso(event.getTimestamp()))
                .put("receivedAt", Times.iso(event.getReceivedAt()))
                .put("type", event.getType())
                .put("hookEvent", event.getHookEvent())
                .put("phase", event.getPhase())
                .put("source", event.getSource())
                .put("client", event.getClient())
                .put("kind", event.getKind())
                .put("traceId", view.traceId().orElse(null))
                .put("toolExecuted", event.getToolName())
                .put("toolUseId", event.getToolUseId())
                .putJson("toolDetail", event.getToolDetail())
                .put("outcome", event.getOutcome())
                .put("durationMs", event.getDurationMs())
                .put("model", event.getModel())
                .put("requestId", event.getRequestId())
                .put("speed", event.getSpeed())
                .put("tokens", tokens(event.getTokens()))
                .putUsd("reportedUsd", event.getReportedCostPicoUsd())
                .put("errorMessage", event.getErrorMessage())
                .put("errorType", event.getErrorType())
                .put("denial", denial(event))
                .put("interrupted", EntryOutcome.INTERRUPTED.fits(event) ? true : null)
                .put("subagent", subagent(event))
                .put("transaction", event.getTransaction())
                .put("amount", amount(event.getAmount()))
                .put("prompt", "".equals(event.getPrompt()) ? null : event.getPrompt())
                .put("reasoning", event.getReasoning())
                .put("response", event.getResponse())
                .put("cwd", event.getCwd())
                .put("git", git(event.getGit()))
                .put("repo", event.getRepo())
                .put("branch", event.getBranch())
                .put("host", event.getHost())
                .put("user", event.getUser())
                .put("aside", event.getAside() ? true : null)
                .putJson("background", event.getBackground())
                .put("inputFingerprint", hex(event.getInputFingerprint()))
                .put("outcomeFingerprint", hex(event.getOutcomeFingerprint()))
                .put("boundAgent", event.getBoundAgent())
                .put("setAsideFrom", event.getSetAsideFrom())
                .putJson("metadata", event.getMetadata())
                .build();
    }

    /** The key that it was sent with, by which its sender knows its id. */
    private static RecordKey sentFor(HookEvent event) {
        String session = event.getSetAsideFrom();
        return session == null ? RecordKey.of(event) : RecordKey.ofSession(event.getAccount(), session);
    }

    /** As text: a number of 64 bits is more than JSON's readers can be trusted with. */
    private static @Nullable String hex(@Nullable Long fingerprint) {
        return fingerprint == null ? null : HexFormat.of().toHexDigits(fingerprint);
    }

    private static @Nullable ObjectNode tokens(@Nullable Tokens tokens) {
        return tokens == null
                ? null
                : FiguresJson.tokens(new TokenCounts(
                        tokens.getInput(),
                        tokens.getOutput(),
                        tokens.getCacheRead(),
                        tokens.getCacheWrite5m(),
                        tokens.getCacheWrite1h()));
    }

    private static ObjectNode denial(HookEvent event) {
        return new Fields()
                .put("type", event.getDenialType())
                .put("reason", event.getDenialReason())
                .build();
    }

    private static ObjectNode subagent(HookEvent event) {
        return new Fields()
                .put("id", event.getSubagentId())
                .put("type", event.getSubagentType())
                .build();
    }

    private static @Nullable ObjectNode amount(@Nullable Amount amount) {
        if (amount == null) {
            return null;
        }
        ObjectNode json = Json.object().put("token", amount.getToken());
        json.set("value", Json.decimal(amount.getValue()));
        return json;
    }

    private static @Nullable ObjectNode git(@Nullable Git git) {
        return git == null
                ? null
                : new Fields()
                        .put("sha", git.getSha())
                        .put("branch", git.getBranch())
                        .put("remote", git.getRemote())
                        .put("dirty", git.getDirty())
                        .build();
    }
}
