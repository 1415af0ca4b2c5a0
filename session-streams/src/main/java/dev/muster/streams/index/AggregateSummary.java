/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.FactMarks;
import dev.muster.streams.model.SessionAggregate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a session's figures as they stand.
 *
 * @param session the figures
 */
public record AggregateSummary(SessionAggregate session) implements SessionSummary {

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public String agentId() {
        return session.agentId();
    }

    @Override
    public int agentNumber() {
        return -1;
    }

    @Override
    public boolean isOfAgent() {
        return RecordKey.ofSession(session.account(), session.id()).isOfAgent();
    }

    @Override
    public long first() {
        return session.first();
    }

    @Override
    public long last() {
        return session.last();
    }

    @Override
    public long picoUsd() {
        return session.spend().picoUsd();
    }

    @Override
    public long tokens() {
        return session.spend().tokens().total();
    }

    @Override
    public long errors() {
        return session.errors();
    }

    @Override
    public long p95() {
        return session.figures().latencyAll().p95OrNone();
    }

    @Override
    public long traces() {
        return session.traces();
    }

    @Override
    public long latestTraceStart() {
        return Math.min(session.latestTraceStart(), session.last());
    }

    @Override
    public long activeUntil() {
        return session.surroundings().activeUntil();
    }

    @Override
    public @Nullable String at(Dimension dimension) {
        return session.surroundings().at(dimension);
    }

    @Override
    public boolean isAt(Dimension dimension, String value) {
        return value.equals(at(dimension));
    }

    @Override
    public boolean isErrored() {
        return session.unacknowledged() > 0;
    }

    @Override
    public long startDay() {
        return session.isShared() ? session.startDay() : NO_DAY;
    }

    List<String> models() {
        return session.figures().modelNames();
    }

    List<String> tools() {
        return session.figures().toolNames();
    }

    @Override
    public boolean hasModel(String name) {
        return models().contains(name);
    }

    @Override
    public boolean hasTool(String name) {
        return tools().contains(name);
    }

    @Override
    public boolean mayHave(FactMarks wanted) {
        return wanted.isWithin(session.marks());
    }

    @Override
    public boolean titleContains(SearchText text) {
        return text.isIn(session.title());
    }

    @Override
    public int compareIdTo(String other) {
        return session.id().compareTo(other);
    }

    @Override
    public void eachSpend(SpendConsumer consumer) {
        Usage usage = new Usage();
        session.eachSpend((day, share) -> {
            usage.set(share);
            consumer.accept(day, share.name(), usage);
        });
    }
}
