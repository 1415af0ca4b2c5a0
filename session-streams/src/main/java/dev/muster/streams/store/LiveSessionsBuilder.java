/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.SessionRules;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds the {@code live} store of each task. */
public final class LiveSessionsBuilder implements StoreBuilder<LiveSessions> {

    private final SessionRules rules;
    private final LiveSessions.Bounds bounds;
    private final IndexMemory memory;
    private final CountListener listener;

    /**
     * Describes the store.
     *
     * @param rules what the installation decides about sessions
     * @param bounds what a task's live sessions may take
     * @param memory what the indexes of all tasks may take together
     * @param listener hears what they count
     */
    public LiveSessionsBuilder(
            SessionRules rules, LiveSessions.Bounds bounds, IndexMemory memory, CountListener listener) {
        this.memory = memory;
        this.listener = listener;
        this.rules = rules;
        this.bounds = bounds;
    }

    @Override
    public LiveSessions build() {
        return new LiveSessions(rules, bounds, memory, listener);
    }

    @Override
    public String name() {
        return LiveSessions.NAME;
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return false;
    }

    @Override
    public StoreBuilder<LiveSessions> withCachingEnabled() {
        throw new UnsupportedOperationException("live sessions are the cache");
    }

    @Override
    public StoreBuilder<LiveSessions> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<LiveSessions> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException("the stores under the live sessions are logged");
    }

    @Override
    public StoreBuilder<LiveSessions> withLoggingDisabled() {
        return this;
    }
}
