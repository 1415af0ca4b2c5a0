/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.Digests;
import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart the tool calls and model requests of a session that carry one id, because whoever gave it counts from zero again or
 * gives a constant, or none: such an id is no more than a hint. Within a prompt, the k-th that a source tells with it is the k-th
 * that any other source tells, as far as nothing else speaks against it, see {@link ToldFact}. What a source tells again, to the
 * byte, is what it told before; a hook has no time of its own, so each one that arrives is another.
 *
 * <p>What was told is remembered for the latest sessions. After a restart each prompt begins anew: of a prompt that was at work just
 * then, and of what is told without a prompt, two calls can be taken for one. Events of one session are to go through one collector.
 */
public final class OrderedCopies {

    /** Facts that are remembered, some 200 bytes each. */
    private static final int REMEMBERED = 200_000;
    /** Of one id so many; then those of its earliest prompt are forgotten together, so that none of them is counted anew. */
    private static final int OF_ONE_ID = 4096;

    private static final String WITHOUT_ID = "usage:";

    static {
        HookEvents.trust();
    }

    private final Map<Hint, List<ToldFact>> told = new LinkedHashMap<>(16, 0.75f, true);
    private int remembered;

    /** What may be one fact or several: what a session tells with one id. */
    private record Hint(String account, @Nullable String session, String id) {}

    /** Gives an event whose id is not unique the id of the fact that it is a copy of; any other stays as it is. */
    public void settle(HookEvent event) {
        String hint = hintOf(event);
        if (hint != null) {
            event.setId(idOf(new Hint(event.getAccount(), event.getSessionId(), hint), event, copyOf(event)));
        }
    }

    private static @Nullable String hintOf(HookEvent event) {
        String call = event.getToolUseId();
        String request = event.getRequestId();
        String id = event.getId();
        return switch (event.getKind()) {
            case TOOL_START -> isHint(call) && id.equals(FactId.toolStart(call)) ? "call:" + call : null;
            case TOOL_END -> isHint(call) && id.equals(FactId.toolEnd(call)) ? "call:" + call : null;
            case MODEL_REQUEST ->
                (isHint(request) && id.equals(FactId.request(request)))
                                || (request == null && id.startsWith(WITHOUT_ID))
                        ? id
                        : null;
            case PROMPT, FAILED_TURN, OTHER -> null;
        };
    }

    private static boolean isHint(@Nullable String id) {
        return id != null && !FactId.isUnique(id);
    }

    private synchronized String idOf(Hint hint, HookEvent event, long copy) {
        List<ToldFact> facts = told.computeIfAbsent(hint, first -> new ArrayList<>());
        ToldFact fact = known(facts, event, copy);
        if (fact == null) {
            fact = new ToldFact(event, orderOf(facts, event));
            facts.add(fact);
            remembered++;
        }
        fact.add(event, copy);
        forget(hint, facts, fact);
        return fact.idOf(event);
    }

    /** The fact that an event is most surely a copy of; null for a new one. */
    private static @Nullable ToldFact known(List<ToldFact> facts, HookEvent event, long copy) {
        List<Predicate<ToldFact>> signs =
                List.of(fact -> fact.hasCopy(event, copy), fact -> fact.hasNumbersOf(event), fact -> fact.mayBe(event));
        for (Predicate<ToldFact> sign : signs) {
            for (ToldFact fact : facts) {
                if (sign.test(fact)) {
                    return fact;
                }
            }
        }
        return null;
    }

    private static int orderOf(List<ToldFact> facts, HookEvent event) {
        String scope = ToldFact.scopeOf(event);
        int order = 0;
        for (ToldFact fact : facts) {
            if (fact.isWithin(scope)) {
                order = Math.max(order, fact.order() + 1);
            }
        }
        return order;
    }

    private void forget(Hint now, List<ToldFact> facts, ToldFact latest) {
        if (facts.size() > OF_ONE_ID) {
            String earliest = facts.get(0).scope();
            int before = facts.size();
            facts.removeIf(fact -> Objects.equals(fact.scope(), earliest) && !Objects.equals(earliest, latest.scope()));
            remembered -= before - facts.size();
        }
        Iterator<Map.Entry<Hint, List<ToldFact>>> eldest = told.entrySet().iterator();
        while (remembered > REMEMBERED && eldest.hasNext()) {
            Map.Entry<Hint, List<ToldFact>> entry = eldest.next();
            if (!entry.getKey().equals(now)) {
                remembered -= entry.getValue().size();
                eldest.remove();
            }
        }
    }

    /**
     * What is the same when a source tells the same again. A transcript tells a request in each line of its answer, and a line of it
     * knows its prompt only if the lines before came with it.
     */
    private static long copyOf(HookEvent event) {
        Tokens tokens = event.getTokens();
        if (event.getSource() == Source.TRANSCRIPT && event.getKind() == FactKind.MODEL_REQUEST && tokens != null) {
            return hash((tokens + "\n" + event.getTraceId()).getBytes(UTF_8));
        }
        String key = dedupKey(event);
        if (!key.isEmpty()) {
            return hash((event.getKind() + "\n" + key).getBytes(UTF_8));
        }
        HookEvent content = HookEvent.newBuilder(event)
                .setReceivedAt(0)
                .setAgentId("")
                .setAgentLabel("")
                .build();
        if (event.getSource() == Source.TRANSCRIPT) {
            content.setTraceId(null);
        }
        try {
            return hash(HookEvent.getEncoder().encode(content).array());
        } catch (IOException e) {
            throw new UncheckedIOException("An event could not be encoded in memory", e);
        }
    }

    /** The key of its sender's choice, by which a repeat is known again; empty without one. */
    private static String dedupKey(HookEvent event) {
        return event.getSource() == Source.SDK
                ? Optional.ofNullable(event.getMetadata())
                        .flatMap(SourceJson::value)
                        .map(metadata -> metadata.path("dedupKey").asText())
                        .orElse("")
                : "";
    }

    private static long hash(byte[] content) {
        return ByteBuffer.wrap(Digests.sha256(content)).getLong();
    }
}
