/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.Digests;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart the tool calls and model requests of a session that carry one id, because whoever gave it counts from zero again or
 * gives a constant: such an id is no more than a hint. Within a prompt, the k-th that a source tells with it is the k-th that any
 * other source tells; requests with other token numbers are other requests. What a source tells again, to the byte, is what it told
 * before; a hook has no time of its own, so each one that arrives is another.
 *
 * <p>What was told is remembered for the latest sessions. After a restart each prompt begins anew: only a prompt that was at work just
 * then can have two calls taken for one. Events of one session are to go through one collector.
 */
public final class OrderedCopies {

    /** Ids of sessions that are remembered, some 200 bytes for each and each of its calls. */
    private static final int REMEMBERED = 20_000;
    /** Of each so many facts, the latest. */
    private static final int FACTS = 256;

    @SuppressWarnings("serial") // never serialized
    private final Map<Hint, List<Told>> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hint, List<Told>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What may be one fact or several: those of a kind that a session tells with one id. */
    private record Hint(String account, @Nullable String session, FactKind kind, String key) {}

    /** A fact, and what each source has told of it. */
    private static final class Told {
        private final String id;
        private final int order;
        private final @Nullable String prompt;
        private @Nullable Tokens tokens;
        private final Map<String, Set<Long>> copies = new HashMap<>();

        Told(String key, @Nullable String prompt, int order) {
            this.prompt = prompt;
            this.order = order;
            id = FactId.within(key, prompt, order);
        }

        boolean hasCopy(String teller, long copy) {
            return copies.getOrDefault(teller, Set.of()).contains(copy);
        }

        /** Whether an event goes on with what a transcript told before: an answer that is written while it grows. */
        boolean grows(String teller, HookEvent event) {
            Tokens now = event.getTokens();
            return event.getSource() == Source.TRANSCRIPT
                    && now != null
                    && tokens != null
                    && copies.containsKey(teller)
                    && isOf(event.getTraceId())
                    && sizeOfPrompt(now) == sizeOfPrompt(tokens)
                    && now.getOutput() >= tokens.getOutput();
        }

        boolean mayBe(String teller, HookEvent event) {
            Tokens now = event.getTokens();
            boolean differs = now != null
                    && tokens != null
                    && (sizeOfPrompt(now) != sizeOfPrompt(tokens) || now.getOutput() != tokens.getOutput());
            return !differs && !copies.containsKey(teller) && isOf(event.getTraceId());
        }

        private boolean isOf(@Nullable String other) {
            return prompt == null || other == null || prompt.equals(other);
        }

        void add(String teller, long copy, HookEvent event) {
            copies.computeIfAbsent(teller, first -> new HashSet<>()).add(copy);
            tokens = event.getTokens() == null ? tokens : event.getTokens();
        }
    }

    /** Gives an event whose id is not unique the id of the fact that it is a copy of; any other stays as it is. */
    public void settle(HookEvent event) {
        if (isHint(event)) {
            event.setId(idOf(event));
        }
    }

    private static boolean isHint(HookEvent event) {
        return switch (event.getKind()) {
            case TOOL_START -> isHint(event, event.getToolUseId(), FactId::toolStart);
            case TOOL_END -> isHint(event, event.getToolUseId(), FactId::toolEnd);
            case MODEL_REQUEST -> isHint(event, event.getRequestId(), FactId::request);
            case PROMPT, FAILED_TURN, OTHER -> false;
        };
    }

    private static boolean isHint(HookEvent event, @Nullable String id, UnaryOperator<String> natural) {
        return id != null && !FactId.isUnique(id) && natural.apply(id).equals(event.getId());
    }

    private synchronized String idOf(HookEvent event) {
        Hint hint = new Hint(event.getAccount(), event.getSessionId(), event.getKind(), event.getId());
        List<Told> facts = told.computeIfAbsent(hint, first -> new ArrayList<>());
        String teller = tellerOf(event);
        long copy = copyOf(event);
        Told fact = first(facts, known -> known.hasCopy(teller, copy));
        fact = fact == null ? first(facts, known -> known.grows(teller, event)) : fact;
        fact = fact == null ? first(facts, known -> known.mayBe(teller, event)) : fact;
        if (fact == null) {
            fact = new Told(event.getId(), event.getTraceId(), orderOf(facts, event.getTraceId()));
            facts.add(fact);
        }
        fact.add(teller, copy, event);
        if (facts.size() > FACTS) {
            facts.remove(0);
        }
        return fact.id;
    }

    private static @Nullable Told first(List<Told> facts, Predicate<Told> wanted) {
        for (Told fact : facts) {
            if (wanted.test(fact)) {
                return fact;
            }
        }
        return null;
    }

    private static int orderOf(List<Told> facts, @Nullable String prompt) {
        for (int i = facts.size() - 1; i >= 0; i--) {
            if (Objects.equals(facts.get(i).prompt, prompt)) {
                return facts.get(i).order + 1;
            }
        }
        return 0;
    }

    /** Who tells each fact once: a source, of which what describes an answer is apart from the requests. */
    private static String tellerOf(HookEvent event) {
        boolean describes = event.getKind() == FactKind.MODEL_REQUEST
                && event.getTokens() == null
                && event.getOutcome() != Outcome.FAILED;
        return event.getSource() + (describes ? " describes" : "");
    }

    /** What is the same when a source tells the same again. A transcript tells a request in each line of its answer. */
    private static long copyOf(HookEvent event) {
        Tokens tokens = event.getTokens();
        if (event.getSource() == Source.TRANSCRIPT && event.getKind() == FactKind.MODEL_REQUEST && tokens != null) {
            return Objects.hash(tokens, event.getTraceId());
        }
        HookEvent content = HookEvent.newBuilder(event)
                .setReceivedAt(0)
                .setAgentId("")
                .setAgentLabel("")
                .build();
        try {
            return ByteBuffer.wrap(Digests.sha256(
                            HookEvent.getEncoder().encode(content).array()))
                    .getLong();
        } catch (IOException e) {
            throw new UncheckedIOException("An event could not be encoded in memory", e);
        }
    }

    private static long sizeOfPrompt(Tokens tokens) {
        return tokens.getInput() + tokens.getCacheRead() + tokens.getCacheWrite5m() + tokens.getCacheWrite1h();
    }
}
