/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.streams.price.TokenCounts;
import org.jspecify.annotations.Nullable;

/** What the model counts of an event: derived from it alone, so that the same event always gives the same fact. */
final class Fact {

    private static final String SYNTHETIC = "<synthetic>";
    /** What the id of a tool call's end begins with, and up to what length the rest of it is the tool use id itself. */
    private static final String TOOL_END = FactId.toolEnd("");

    private static final int TOOL_START_LENGTH = FactId.toolStart("").length();

    private static final int SHORT = 200;

    private static final int ID = EventBody.position("id");
    private static final int TIMESTAMP = EventBody.position("timestamp");
    private static final int KIND = EventBody.position("kind");
    private static final int TRACE = EventBody.position("traceId");
    private static final int OUTCOME = EventBody.position("outcome");
    private static final int INTERRUPTED = EventBody.position("interrupted");
    private static final int DENIAL = EventBody.position("denialType");
    private static final int TYPE = EventBody.position("type");
    private static final int TRANSACTION = EventBody.position("transaction");
    private static final int DURATION = EventBody.position("durationMs");
    private static final int MODEL = EventBody.position("model");
    private static final int SPEED = EventBody.position("speed");
    private static final int TOKENS = EventBody.position("tokens");
    private static final int EDITOR = EventBody.position("editor");
    private static final int SOURCE = EventBody.position("source");
    private static final int REPORTED_COST = EventBody.position("reportedCostPicoUsd");
    private static final int TOOL = EventBody.position("toolName");
    private static final int TOOL_USE = EventBody.position("toolUseId");
    private static final int TOOL_DETAIL = EventBody.position("toolDetail");
    private static final int SUBAGENT = EventBody.position("subagentId");
    private static final int SUBAGENT_TYPE = EventBody.position("subagentType");
    private static final int PROMPT = EventBody.position("prompt");
    private static final int TITLE = EventBody.position("title");
    private static final int AGENT_ID = EventBody.position("agentId");
    private static final int LABEL = EventBody.position("agentLabel");
    private static final int CLIENT = EventBody.position("client");
    private static final int LABEL_RANK = EventBody.position("agentLabelRank");
    private static final int REPO = EventBody.position("repo");
    private static final int BRANCH = EventBody.position("branch");
    private static final int HOST = EventBody.position("host");
    private static final int USER = EventBody.position("user");
    private static final int ASIDE = EventBody.position("aside");
    private static final int BACKGROUND = EventBody.position("background");

    private static final FactKind[] KINDS = FactKind.values();
    private static final LabelRank[] LABEL_RANKS = LabelRank.values();
    /** The position of {@link Outcome#FAILED}. */
    static final int FAILED = Outcome.FAILED.ordinal();

    private static final int TX = EventType.TX.ordinal();
    private static final int SDK = Source.SDK.ordinal();
    private static final int HOOK = Source.HOOK.ordinal();

    /** The hash of the fact's id. */
    final long id;

    final long time;
    final FactKind kind;
    /** The trace id that it was sent with. */
    final @Nullable String trace;

    /** The hash of {@link #trace}, 0 without one. */
    final long traceHash;
    /** What ties a tool call's start to its end, by the tool use id the end's own id; 0 for other facts. */
    final long pair;
    /** The request that an editor's repeated usage belongs to; 0 for other facts. */
    final long editorRequest;

    /** Position in {@link EventType}. */
    final int type;
    /** Position in {@link Outcome}; -1 without one. */
    final int outcome;

    /** Failed for a reason that is the agent's, its tools' or its model's. */
    final boolean failed;

    final boolean denied;
    /** Broken off by the user, and not denied: no failure. */
    final boolean interrupted;

    final boolean transaction;
    /** Milliseconds; -1 without one. */
    final long durationMs;

    final @Nullable String model;
    final @Nullable String speed;
    final @Nullable TokenCounts tokens;
    /** Position in {@link Source}. */
    final int source;
    /** A model request that telemetry or a transcript tells of. */
    final boolean telemetryRequest;

    /** 1e-12 USD; -1 without one. */
    final long reportedPicoUsd;

    final @Nullable String tool;
    final @Nullable String subagent;
    final @Nullable String subagentType;
    final @Nullable String prompt;
    final @Nullable String title;
    final String agentId;
    final String label;
    final LabelRank labelRank;
    /** The program that told it. */
    final @Nullable String client;
    /** What the agent asks the user for with it, as {@link WaitingRule#askedFor} has it; null when it asks for nothing. */
    final @Nullable String asksFor;

    final @Nullable String repo;
    final @Nullable String branch;
    final @Nullable String host;
    final @Nullable String user;
    /** What runs behind the conversation, as JSON. */
    final @Nullable String background;
    /** Whether the conversation was made shorter, and how that is told. */
    final Surroundings.@Nullable Compaction compaction;

    private final boolean aside;

    /** Whether the agent has gone on with it, and so waits for nothing that it asked before. */
    final boolean answers;

    private Fact(EventBody event, @Nullable String likelyTrace) {
        id = Hashes.of(event, ID);
        time = event.number(TIMESTAMP);
        kind = KINDS[(int) event.number(KIND)];
        trace = traceOf(event, likelyTrace);
        traceHash = trace == null ? 0 : Hashes.of(event, TRACE);
        pair = pairOf(event);
        type = (int) event.number(TYPE);
        outcome = event.has(OUTCOME) ? (int) event.number(OUTCOME) : -1;
        denied = event.has(DENIAL);
        interrupted = !denied && event.flag(INTERRUPTED);
        failed = outcome == FAILED && !interrupted;
        transaction = type == TX || event.has(TRANSACTION);
        durationMs = event.has(DURATION) ? event.number(DURATION) : -1;
        String named = Names.of(event, MODEL);
        boolean synthetic = SYNTHETIC.equals(named);
        model = synthetic ? null : named;
        speed = event.has(SPEED) ? Names.required(event, SPEED) : null;
        tokens = event.has(TOKENS) && !synthetic ? countsOf(event) : null;
        editorRequest =
                event.flag(EDITOR) && tokens != null ? Hashes.of("request", trace, model, speed, tokens.toString()) : 0;
        source = (int) event.number(SOURCE);
        telemetryRequest = kind == FactKind.MODEL_REQUEST && source != SDK && source != HOOK;
        reportedPicoUsd = event.has(REPORTED_COST) ? event.number(REPORTED_COST) : -1;
        tool = Names.of(event, TOOL);
        subagent = Names.of(event, SUBAGENT);
        subagentType = event.has(SUBAGENT_TYPE) ? Names.required(event, SUBAGENT_TYPE) : null;
        prompt = kind == FactKind.PROMPT && event.textLength(PROMPT) > 0 ? event.text(PROMPT) : null;
        title = event.textLength(TITLE) == 0 ? null : event.text(TITLE);
        agentId = Names.required(event, AGENT_ID);
        label = Names.required(event, LABEL);
        labelRank = LABEL_RANKS[(int) event.number(LABEL_RANK)];
        client = Names.of(event, CLIENT);
        asksFor = kind == FactKind.OTHER ? WaitingRule.askedFor(event) : null;
        repo = Names.of(event, REPO);
        branch = Names.of(event, BRANCH);
        host = Names.of(event, HOST);
        user = Names.of(event, USER);
        aside = event.flag(ASIDE);
        background = event.textLength(BACKGROUND) == 0 ? null : event.text(BACKGROUND);
        compaction = kind == FactKind.OTHER ? CompactionRule.of(event) : null;
        answers = kind == FactKind.PROMPT
                || kind == FactKind.TOOL_END
                || (asksFor == null && WaitingRule.isAnswered(event, kind));
    }

    /** Derives the fact that an event tells of. */
    static Fact of(EventBody event) {
        return new Fact(event, null);
    }

    /**
     * Derives the fact that an event tells of.
     *
     * @param likelyTrace the id of a trace that it may well be in, which then is not made again
     */
    static Fact of(EventBody event, @Nullable String likelyTrace) {
        return new Fact(event, likelyTrace);
    }

    private static @Nullable String traceOf(EventBody event, @Nullable String likely) {
        int length = event.textLength(TRACE);
        if (length == 0) {
            return null;
        }
        boolean isLikely = likely != null && Names.isText(likely, event.bytes(), event.textStart(TRACE), length);
        return isLikely ? likely : event.requiredText(TRACE);
    }

    /** A producer of its own may tell anything, and a negative number would take away from the others. */
    private static TokenCounts countsOf(EventBody event) {
        return new TokenCounts(
                Math.max(0, event.number(TOKENS, 0)),
                Math.max(0, event.number(TOKENS, 1)),
                Math.max(0, event.number(TOKENS, 2)),
                Math.max(0, event.number(TOKENS, 3)),
                Math.max(0, event.number(TOKENS, 4)));
    }

    /**
     * The hash of the id that an earlier version gave to a fact that goes by its prompt now; 0 for others. Copies of it may have
     * been told then.
     */
    static long idBefore(EventBody event) {
        int end = event.textStart(ID) + event.textLength(ID);
        boolean mayBe = event.textLength(ID) > 2 && event.bytes()[end - 1] == '0' && event.bytes()[end - 2] == '\n';
        String id = mayBe ? FactId.withoutPrompt(event.requiredText(ID)) : null;
        return id == null ? 0 : Hashes.of(id);
    }

    /** Whether it is counted by its model: a request, or anything else with usage. */
    boolean usesModel() {
        return tokens != null || (model != null && kind == FactKind.MODEL_REQUEST);
    }

    /** How many tokens the model was sent, if this is a request of the session's own conversation; else 0. */
    long promptTokens() {
        return tokens == null || aside || subagent != null ? 0 : tokens.total() - tokens.output();
    }

    boolean isPrompt() {
        return kind == FactKind.PROMPT;
    }

    /** The id of the trace that this prompt starts: its own, else one made from the prompt. */
    String startedTrace() {
        return trace != null ? trace : traceOfItsOwn();
    }

    /** The id of the trace that a prompt starts which was sent without one. */
    String traceOfItsOwn() {
        return "prompt-" + Long.toHexString(id);
    }

    /**
     * Whether it belongs to the session's last prompt by time: it was sent without a trace id and starts none itself.
     */
    boolean fallsByTime() {
        return traceHash == 0 && !isPrompt();
    }

    private long pairOf(EventBody event) {
        if (kind != FactKind.TOOL_START && kind != FactKind.TOOL_END) {
            return 0;
        }
        if (!event.has(TOOL_USE)) {
            return Hashes.of("call", event.text(TRACE), event.text(TOOL), event.text(TOOL_DETAIL));
        }
        // A call whose id is not unique is told by its fact's id, which is longer.
        if (event.textLength(ID) > event.textLength(TOOL_USE) + TOOL_START_LENGTH) {
            String named = event.requiredText(ID);
            if (FactId.isWithin(named)) {
                return Hashes.of(TOOL_END + named.substring(named.indexOf(':') + 1));
            }
        }
        return event.textLength(TOOL_USE) <= SHORT
                ? Hashes.of(TOOL_END, event, TOOL_USE)
                : Hashes.of(FactId.toolEnd(event.requiredText(TOOL_USE)));
    }
}
