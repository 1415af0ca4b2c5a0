/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.aggregate;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.price.TokenCounts;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * What is summed of a session's events: how many, errors, tool calls, tokens by kind, their cost, durations, the first and
 * the last event's time. No traces, no events, and a record that comes twice counts twice. It may change; for one thread.
 */
public final class SessionSums {

    private static final int NUMBERS = 12;

    private long events;
    private long errors;
    private long toolCalls;
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long costPicoUsd;
    private long unpricedTokens;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;
    private Durations durations = new Durations();

    /** Takes an event in. */
    public SessionSums add(HookEvent event, PriceTable prices) {
        events++;
        if (event.getOutcome() == Outcome.FAILED) {
            errors++;
        }
        if (event.getKind() == FactKind.TOOL_END) {
            toolCalls++;
        }
        Tokens tokens = event.getTokens();
        if (tokens != null) {
            addTokens(event, tokens, prices);
        }
        Long duration = event.getDurationMs();
        if (duration != null) {
            durations.add(duration);
        }
        firstMillis = Math.min(firstMillis, event.getTimestamp());
        lastMillis = Math.max(lastMillis, event.getTimestamp());
        return this;
    }

    private void addTokens(HookEvent event, Tokens tokens, PriceTable prices) {
        TokenCounts counts = new TokenCounts(
                tokens.getInput(),
                tokens.getOutput(),
                tokens.getCacheRead(),
                tokens.getCacheWrite5m(),
                tokens.getCacheWrite1h());
        Cost cost = prices.cost(event.getModel(), counts, event.getSpeed(), event.getTimestamp());
        input += counts.input();
        output += counts.output();
        cacheRead += counts.cacheRead();
        cacheWrite5m += counts.cacheWrite5m();
        cacheWrite1h += counts.cacheWrite1h();
        costPicoUsd += cost.picoUsd();
        unpricedTokens += cost.unpricedTokens();
    }

    /** Takes in the sums of another part of the same session. */
    public SessionSums addAll(SessionSums other) {
        events += other.events;
        errors += other.errors;
        toolCalls += other.toolCalls;
        input += other.input;
        output += other.output;
        cacheRead += other.cacheRead;
        cacheWrite5m += other.cacheWrite5m;
        cacheWrite1h += other.cacheWrite1h;
        costPicoUsd += other.costPicoUsd;
        unpricedTokens += other.unpricedTokens;
        firstMillis = Math.min(firstMillis, other.firstMillis);
        lastMillis = Math.max(lastMillis, other.lastMillis);
        durations.addAll(other.durations);
        return this;
    }

    /** How many events. */
    public long events() {
        return events;
    }

    /** Events that failed. */
    public long errors() {
        return errors;
    }

    /** Tool calls that ended. */
    public long toolCalls() {
        return toolCalls;
    }

    /** Tokens by kind. */
    public TokenCounts tokens() {
        return new TokenCounts(input, output, cacheRead, cacheWrite5m, cacheWrite1h);
    }

    /** What they cost. */
    public Cost cost() {
        return new Cost(costPicoUsd, unpricedTokens);
    }

    /** The duration that so many percent (1 to 100) of all do not exceed, in milliseconds within 1 %; 0 when there are none. */
    public long percentile(int percent) {
        return durations.percentile(percent);
    }

    /** The earliest event, epoch milliseconds; the greatest number when there are none. */
    public long firstMillis() {
        return firstMillis;
    }

    /** The latest event, epoch milliseconds; the least number when there are none. */
    public long lastMillis() {
        return lastMillis;
    }

    /** As bytes: the numbers in a fixed order, in variable length. */
    public byte[] toBytes() {
        SumsBytes out = new SumsBytes(SumsBytes.MAX_BYTES_A_NUMBER * NUMBERS + durations.mostBytes());
        out.number(events);
        out.number(errors);
        out.number(toolCalls);
        out.number(input);
        out.number(output);
        out.number(cacheRead);
        out.number(cacheWrite5m);
        out.number(cacheWrite1h);
        out.number(costPicoUsd);
        out.number(unpricedTokens);
        out.number(firstMillis);
        out.number(lastMillis);
        durations.write(out);
        return out.written();
    }

    /**
     * From their bytes.
     *
     * @throws IllegalStateException if they are cut short
     */
    public static SessionSums of(byte[] bytes) {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, null);
        SessionSums sums = new SessionSums();
        try {
            sums.events = in.readLong();
            sums.errors = in.readLong();
            sums.toolCalls = in.readLong();
            sums.input = in.readLong();
            sums.output = in.readLong();
            sums.cacheRead = in.readLong();
            sums.cacheWrite5m = in.readLong();
            sums.cacheWrite1h = in.readLong();
            sums.costPicoUsd = in.readLong();
            sums.unpricedTokens = in.readLong();
            sums.firstMillis = in.readLong();
            sums.lastMillis = in.readLong();
            sums.durations = Durations.read(in);
        } catch (IOException e) {
            throw new IllegalStateException("the sums of a session are cut short at " + bytes.length + " bytes", e);
        }
        return sums;
    }
}
