/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.StoredFact;
import dev.muster.streams.read.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Facts as they are found, until there are enough: as many as are wanted, and the next one, which says that there are more. */
final class FactPage {

    private final int limit;
    private final long maxBytes;
    private final List<StoredFact> facts = new ArrayList<>();
    private long bytes;
    private boolean hasMore;

    private FactPage(int limit, long maxBytes) {
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    /** Enough for a page: so many at most, and none after {@link Page#MAX_EVENT_BYTES}. */
    static FactPage forPage(int limit) {
        return new FactPage(limit, Page.MAX_EVENT_BYTES);
    }

    /** Any number. */
    static FactPage all() {
        return new FactPage(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Takes the next one, unless there were enough before it. */
    void add(StoredFact fact) {
        if (facts.size() == limit || bytes >= maxBytes) {
            hasMore = true;
        } else {
            facts.add(fact);
            bytes += fact.bytes();
        }
    }

    /** Whether there are enough, and one more. */
    boolean isFull() {
        return hasMore;
    }

    /** The last one, of those that are enough. */
    Optional<StoredFact> last() {
        return facts.isEmpty() ? Optional.empty() : Optional.of(facts.get(facts.size() - 1));
    }

    /** Those that are enough. */
    List<StoredFact> facts() {
        return facts;
    }
}
