/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.FactPosition;
import dev.muster.streams.model.StoredFact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One session's facts from a time back to another, in the audit log's order, read a few at a time, and more the longer it goes on. */
final class FactsBackwards {

    private static final Comparator<StoredFact> ORDER = Comparator.comparingLong(
                    (StoredFact fact) -> fact.place().time())
            .reversed()
            .thenComparingLong(fact -> fact.place().id());

    private static final int MOST_AT_ONCE = 64;

    private final SessionSnapshot session;
    private final long oldest;
    private final Deque<StoredFact> ahead = new ArrayDeque<>();
    /** Facts before it are yet to be read. */
    private FactPosition before;

    /** So many facts at least are read at a time. */
    private int atOnce = 1;

    private boolean isAtEnd;

    /**
     * Nothing is read yet.
     *
     * @param newest later facts are passed over, epoch milliseconds
     * @param oldest earlier ones too
     */
    FactsBackwards(SessionSnapshot session, long newest, long oldest) {
        this.session = session;
        this.oldest = oldest;
        before = newest == Long.MAX_VALUE ? new FactPosition(Long.MAX_VALUE, -1) : FactPosition.at(newest + 1);
    }

    /** The next fact, which stays the next; empty at the end. */
    Optional<StoredFact> peek() {
        while (ahead.isEmpty() && !isAtEnd) {
            read();
        }
        return Optional.ofNullable(ahead.peek());
    }

    /** Removes the next fact, which {@link #peek} has shown. */
    StoredFact remove() {
        return ahead.remove();
    }

    private void read() {
        List<StoredFact> facts = new ArrayList<>(session.factsBefore(before, atOnce));
        atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
        long last = facts.isEmpty()
                ? Long.MIN_VALUE
                : facts.get(facts.size() - 1).place().time();
        if (facts.isEmpty() || last < oldest) {
            isAtEnd = true;
            facts.removeIf(fact -> fact.place().time() < oldest);
        } else {
            // Those of one time come together, for the log has an order of its own among them.
            facts.removeIf(fact -> fact.place().time() == last);
            facts.addAll(session.facts(FactPosition.at(last), last, any -> true, FactPage.all())
                    .facts());
            before = FactPosition.at(last);
        }
        facts.sort(ORDER);
        ahead.addAll(facts);
    }
}
