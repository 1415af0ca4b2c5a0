/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.avro.Tokens;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a fact's identity: its natural key within account and session, the same from whichever source tells it.
 * Two records with one id are copies of one fact, counted once. No id is made from a trace that was derived.
 */
public final class FactId {

    private static final int MAX_LENGTH = 256;

    private FactId() {}

    /** A tool call's start. */
    public static String toolStart(String toolUseId) {
        return bounded("tool-start:" + toolUseId);
    }

    /** A tool call's end: done, failed or denied. */
    public static String toolEnd(String toolUseId) {
        return bounded("tool-end:" + toolUseId);
    }

    /** A user's prompt. */
    public static String prompt(String promptId) {
        return bounded("prompt:" + promptId);
    }

    /** A model request, by the provider's id. */
    public static String request(String requestId) {
        return bounded("request:" + requestId);
    }

    /**
     * A model request without an id: the trace id that it was sent with, if any, its model and its token numbers. What was
     * written to a cache counts as a whole, for not every source tells for how long.
     */
    public static String request(@Nullable String sentTraceId, @Nullable String model, Tokens tokens) {
        return bounded("usage:" + (sentTraceId == null ? "" : sentTraceId) + "|" + (model == null ? "" : model) + "|"
                + tokens.getInput() + "|" + tokens.getOutput() + "|" + tokens.getCacheRead() + "|"
                + (tokens.getCacheWrite5m() + tokens.getCacheWrite1h()));
    }

    /** A turn that failed, by its prompt. */
    public static String failedTurn(String promptId) {
        return bounded("failed-turn:" + promptId);
    }

    /** Anything else that carries a key of its sender's choice. */
    public static String dedupKey(String key) {
        return bounded("key:" + key);
    }

    /** Anything else: the content as it was sent. */
    public static String content(byte[] body) {
        return "content:" + hex(body);
    }

    /**
     * A fact that no other record can be a copy of: sent without anything that would tell it from the next one like it, as a time, a
     * key, or the id of a prompt or call. It is made once, by the collector, and stands in the record, so that reading the topic
     * again changes nothing.
     */
    public static String own() {
        return "own:" + UUID.randomUUID();
    }

    /** The event id that the collector answers, the same for every copy of a fact. */
    public static String eventId(RecordKey key, String factId) {
        return "evt_" + hex((key + "\n" + factId).getBytes(UTF_8)).substring(0, 24);
    }

    private static String bounded(String id) {
        return id.length() <= MAX_LENGTH ? id : id.substring(0, id.indexOf(':') + 1) + hex(id.getBytes(UTF_8));
    }

    private static String hex(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256(content), 0, 16);
    }
}
