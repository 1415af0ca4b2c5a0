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
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Adds each event to its session's sums, which are the state of its key. When the job is drained, the end of time comes, and
 * every session is counted as it stands in the state.
 */
final class Summing extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Void> {

    /** The accumulators that a drained job leaves. */
    static final String SESSIONS = "sessions";

    static final String EVENTS = "events";

    private static final long serialVersionUID = 1;
    private static final long END_OF_TIME = Long.MAX_VALUE;

    private transient @Nullable Work work;

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

    /** What a running task has. */
    private static final class Work {

        private final SingleObjectFormat format = new SingleObjectFormat();
        private final PriceTable prices = PriceTable.shipped();
        private final LongCounter sessions = new LongCounter();
        private final LongCounter events = new LongCounter();
        private final ValueState<byte[]> state;
        private @Nullable HookEvent event;

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
            return known == null;
        }

        void count() throws IOException {
            sessions.add(1L);
            events.add(SessionSums.of(state.value()).events());
        }
    }
}
