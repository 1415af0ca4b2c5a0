/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.RecordKey;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.Retention;
import dev.muster.streams.store.SessionStores;
import dev.muster.streams.topology.RecordDecoder.Taken;
import dev.muster.streams.topology.SessionMetrics.Outcome;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Takes each record in: first it is read and judged, and what cannot be read goes to the dead letters; then it is added to its
 * live session, and whatever fails there stops the task, for to go on would lose good events.
 *
 * <p>An event's journey ends here at the live session, where it waits as bytes, and in the journal. Its figures are counted
 * later: when enough events wait, before the session is written, or on the thread of a reader that looks at it.
 */
final class SessionProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final int TIMESTAMP = EventBody.position("timestamp");
    private static final int DURATION = EventBody.position("durationMs");
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);
    /** So many rows of sessions a second, in all tasks: a quarter of a thread's time while days are made anew. */
    private static final int ROWS_A_STEP = 12_000;

    private static final Duration STEP = Duration.ofSeconds(1);
    /** So often a commit is asked for while sessions are due and no events come, which would bring one. */
    private static final Duration WHILE_DUE = Duration.ofMillis(500);

    private static final Duration UNUSED = Duration.ofMinutes(2);

    private final TopologyOptions options;
    private final SessionMetrics metrics;
    private final RecordDecoder decoder;
    private @Nullable LiveSessions live;
    private @Nullable Cancellable makingDays;
    private @Nullable Cancellable writingDue;
    /** When freshness was last measured: once in a millisecond is enough to know it. */
    private long freshAt;

    SessionProcessor(TopologyOptions options, SessionMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        decoder = new RecordDecoder(options.retention(), options.schemas());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        LiveSessions sessions = context.getStateStore(LiveSessions.NAME);
        SessionStores stores = SessionStores.of(context);
        sessions.bind(stores, context.currentSystemTimeMs());
        live = sessions;
        Retention retention = new Retention(options.retention(), sessions, stores);
        context.schedule(HOUSEKEEPING, PunctuationType.WALL_CLOCK_TIME, now -> {
            sessions.tick(now);
            sessions.evictUnusedSince(now - UNUSED.toMillis());
            retention.step(now);
            commitWhileDue(sessions);
        });
        if (!sessions.areDaysWhole()) {
            makingDays = context.schedule(STEP, PunctuationType.WALL_CLOCK_TIME, now -> {
                sessions.tick(now);
                sessions.makeDays(Math.max(1, ROWS_A_STEP / options.partitions()));
                if (sessions.areDaysWhole()) {
                    Objects.requireNonNull(makingDays).cancel();
                }
            });
        }
    }

    /** What a commit had no time to write is written by the next ones, and a step of the clock brings one as an event does. */
    private void commitWhileDue(LiveSessions sessions) {
        if (writingDue == null && sessions.hasDue()) {
            writingDue = context().schedule(WHILE_DUE, PunctuationType.WALL_CLOCK_TIME, now -> {
                sessions.tick(now);
                if (!sessions.hasDue()) {
                    Objects.requireNonNull(writingDue).cancel();
                    writingDue = null;
                }
            });
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Taken taken;
        try {
            taken = decoder.decode(record.key(), record.value(), record.timestamp());
            if (isElsewhere(taken.key())) {
                rekey(record, taken);
                return;
            }
        } catch (PoisonRecordException poison) {
            deadLetter(record, poison);
            return;
        }
        if (taken.clamped()) {
            metrics.clamped();
        }
        long now = context().currentSystemTimeMs();
        switch (taken.verdict()) {
            case TOO_OLD -> metrics.event(taken.event(), Outcome.TOO_OLD);
            case TAKEN -> {
                if (live().isAnothers(taken.key(), taken.event(), now)) {
                    setAside(record, taken);
                    return;
                }
                if (isAbsurd(taken.event(), record.timestamp())) {
                    metrics.absurdDuration();
                }
                live().take(taken.key(), taken.event(), record.timestamp(), now);
            }
        }
        metrics.taken();
        if (now != freshAt) {
            metrics.fresh(record.timestamp(), now);
            freshAt = now;
        }
    }

    private boolean isAbsurd(EventBody event, long appendTime) {
        return event.has(DURATION)
                && options.rules().isAbsurd(event.number(TIMESTAMP), event.number(DURATION), appendTime);
    }

    private LiveSessions live() {
        LiveSessions sessions = live;
        if (sessions == null) {
            throw new IllegalStateException("the processor was not initialised");
        }
        return sessions;
    }

    /** Whether the record's producer chose another partition than Kafka's own partitioner has for the key. */
    private boolean isElsewhere(Bytes key) {
        int right = RecordKey.partition(key.get(), options.partitions());
        return right != context().taskId().partition();
    }

    private void rekey(Record<byte[], byte[]> record, Taken taken) throws PoisonRecordException {
        boolean again = context()
                .recordMetadata()
                .map(RecordMetadata::topic)
                .filter(options.rekeyTopic()::equals)
                .isPresent();
        if (again) {
            throw new PoisonRecordException("the record is in the wrong partition of " + options.rekeyTopic());
        }
        metrics.event(taken.event(), Outcome.REKEYED);
        // Its headers are not read, and may be so many that Kafka would not take them again.
        context()
                .forward(
                        record.withKey(taken.key().get()).withHeaders(new RecordHeaders()), SessionTopology.REKEY_SINK);
    }

    /** It is no fact of the session that it was sent for, and goes to where its own agent's events outside of sessions are. */
    private void setAside(Record<byte[], byte[]> record, Taken taken) {
        metrics.event(taken.event(), Outcome.SET_ASIDE);
        RecordDecoder.Aside aside = decoder.aside(taken.event());
        context()
                .forward(
                        record.withKey(aside.key()).withValue(aside.value()).withHeaders(new RecordHeaders()),
                        SessionTopology.REKEY_SINK);
    }

    private void deadLetter(Record<byte[], byte[]> record, PoisonRecordException poison) {
        metrics.deadLetter();
        context().forward(DeadLetters.of(record, poison, context().recordMetadata()), SessionTopology.DEAD_LETTER_SINK);
    }
}
