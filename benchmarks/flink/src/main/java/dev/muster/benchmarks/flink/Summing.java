/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import dev.muster.benchmarks.aggregate.SessionSums;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.price.PriceTable;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Adds each event to its session's sums, which are the state of its key. When the job is drained, the end of time comes, and
 * every session is counted as it stands in the state.
 */
final class Summing extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Void>
        implements CheckpointedFunction, CheckpointListener {

    /** The accumulators that a drained job leaves. */
    static final String SESSIONS = "sessions";

    static final String EVENTS = "events";

    private static final long serialVersionUID = 1;
    private static final long END_OF_TIME = Long.MAX_VALUE;

    private final String job;
    private transient @Nullable Work work;

    /** For the job of a name, which its progress is known by. */
    Summing(String job) {
        this.job = job;
    }

    @Override
    public void open(OpenContext context) {
        Work opened = new Work(getRuntimeContext()
                .getState(new ValueStateDescriptor<>("sums", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)));
        getRuntimeContext().addAccumulator(SESSIONS, opened.sessions);
        getRuntimeContext().addAccumulator(EVENTS, opened.events);
        work = opened;
    }

    @Override
    public void processElement(Tuple2<String, byte[]> record, Context context, Collector<Void> out) throws IOException {
        if (Objects.requireNonNull(work).add(record.f1)) {
            context.timerService().registerEventTimeTimer(END_OF_TIME);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Void> out) throws IOException {
        Objects.requireNonNull(work).count();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        // All state is keyed.
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        Objects.requireNonNull(work).checkpointBegins(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        Progress.of(job).checkpointed(Objects.requireNonNull(work).safeWith(checkpoint));
    }

    /** What a running task has. */
    private static final class Work {

        private final SingleObjectFormat format = new SingleObjectFormat();
        private final PriceTable prices = PriceTable.shipped();
        private final LongCounter sessions = new LongCounter();
        private final LongCounter events = new LongCounter();
        private final ValueState<byte[]> state;
        private final NavigableMap<Long, Long> recordsByCheckpoint = new TreeMap<>();
        private @Nullable HookEvent event;
        private long records;

        Work(ValueState<byte[]> state) {
            this.state = state;
        }

        /** Takes a record into the current key's sums; true if it is their first. */
        boolean add(byte[] record) throws IOException {
            try {
                event = format.read(record, event);
            } catch (MalformedRecordException e) {
                throw new IOException("a record of the topic cannot be decoded", e);
            }
            byte @Nullable [] known = state.value();
            SessionSums sums = known == null ? new SessionSums() : SessionSums.of(known);
            state.update(sums.add(event, prices).toBytes());
            records++;
            return known == null;
        }

        void checkpointBegins(long checkpoint) {
            recordsByCheckpoint.put(checkpoint, records);
        }

        /** How many records came before a checkpoint; those before it are of no interest any more. */
        long safeWith(long checkpoint) {
            recordsByCheckpoint.headMap(checkpoint).clear();
            return recordsByCheckpoint.getOrDefault(checkpoint, 0L);
        }

        void count() throws IOException {
            sessions.add(1L);
            events.add(SessionSums.of(state.value()).events());
        }
    }
}
