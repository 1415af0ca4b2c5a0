/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a body of {@code POST /v1/events} must be. Fields at the top are those of Voight's contract, and the two that
 * its SDK sends beside them, {@code tokens} and {@code traceId}; another one is refused. Metadata are free but for the
 * fields that figures are made of.
 */
final class VoightSchema {

    /** The most tokens of one kind in one event: beyond any model's context, and far from overflowing a sum. */
    static final long MAX_TOKENS = 1_000_000_000L;

    private static final Rule TOKEN_COUNT = Rule.whole(0, MAX_TOKENS);

    private static final Rule TOKENS = Rule.fields(Map.of(
            "input", TOKEN_COUNT,
            "output", TOKEN_COUNT,
            "total", TOKEN_COUNT,
            "cache_read", TOKEN_COUNT,
            "cache_creation", TOKEN_COUNT));

    private static final Rule TOKENS_BREAKDOWN = Rule.fields(Map.of(
            "inputBase", TOKEN_COUNT,
            "cacheCreation", TOKEN_COUNT,
            "cacheRead", TOKEN_COUNT,
            "output", TOKEN_COUNT));

    private static final Map<String, Rule> FIELDS = Map.ofEntries(
            entry("agentId", Rule.name(Label.MAX_LENGTH).and(Rule.ADDRESSABLE)),
            entry("timestamp", Rule.TIMESTAMP),
            entry("type", Rule.oneOf(EventType.values())),
            entry("input", Rule.OBJECT),
            entry("reasoning", Rule.TEXT),
            entry("toolsConsidered", Rule.TEXTS),
            entry("toolExecuted", Rule.TEXT),
            entry("transaction", Rule.TEXT),
            entry("amount", Rule.fields(Map.of("token", Rule.TEXT, "value", Rule.NUMBER), "token", "value")),
            entry("outcome", Rule.oneOf(Outcome.values())),
            entry("durationMs", Rule.within(0, Fields.MAX_COUNT)),
            entry("errorMessage", Rule.TEXT),
            entry("model", Rule.TEXT),
            entry("tokens", TOKENS),
            entry("traceId", Rule.TEXT.and(Rule.ADDRESSABLE)),
            entry(
                    "metadata",
                    Rule.fields(Map.of(
                            "sessionId",
                            Rule.text(RecordKey.MAX_SESSION_ID).and(Rule.ADDRESSABLE),
                            "traceId",
                            Rule.ADDRESSABLE,
                            "toolUseId",
                            Rule.ADDRESSABLE,
                            "tokens",
                            TOKENS,
                            "tokensBreakdown",
                            TOKENS_BREAKDOWN))));

    private static final String UNKNOWN = "Unrecognized key; there are "
            + String.join(", ", new TreeSet<>(FIELDS.keySet())) + ", and what is your own goes into metadata";

    private static final Rule NAMED = Rule.fields(FIELDS, "agentId");

    /** The sender's key or a header names the agent. */
    private static final Rule UNNAMED = Rule.fields(FIELDS);

    private VoightSchema() {}

    /**
     * Checks a body.
     *
     * @param named whether the body itself has to name its agent
     * @throws InvalidBodyException with every issue, if there is one
     */
    static void check(ObjectNode body, boolean named) throws InvalidBodyException {
        List<Issue> issues = new ArrayList<>((named ? NAMED : UNNAMED).issues(body, List.of()));
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!FIELDS.containsKey(field.getKey())) {
                issues.add(Issue.at(UNKNOWN, Text.cut(field.getKey(), Text.NAME)));
            }
        }
        if (!issues.isEmpty()) {
            throw new InvalidBodyException(issues);
        }
    }
}
