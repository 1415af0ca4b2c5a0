/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import com.carrotsearch.hppc.LongIntHashMap;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.read.SessionSort;
import java.util.Arrays;

/**
 * Day groups, and of each what their list is ordered by, in columns: there may be hundreds of thousands, of which a page shows fifty.
 * By its 95th percentile a group is between the least and the most of its parts', and is that if it has one part.
 */
public final class GroupSums {

    private static final int FIRST_GROUPS = 64;
    private static final int AGENT_SHIFT = 32;

    private final SessionSort sort;
    private final AgentNumbers agents = new AgentNumbers();
    private final LongIntHashMap groups = new LongIntHashMap();
    private Coverage coverage = Coverage.NONE;

    private int size;
    private int[] agent = new int[FIRST_GROUPS];
    private int[] day = new int[FIRST_GROUPS];
    private long[] value = new long[FIRST_GROUPS];
    /** What no 95th percentile is below. */
    private long[] least = new long[FIRST_GROUPS];

    private long[] last = new long[FIRST_GROUPS];

    /** A group, as it is looked at. */
    public interface Visitor {

        /**
         * Looks at a group.
         *
         * @param agentId its agent
         * @param day the epoch day
         * @param least what it is ordered by, or no more than that
         * @param most what it is ordered by, or no less than that; the same as the least unless it is a percentile
         * @param last its latest event, epoch milliseconds
         */
        void accept(String agentId, long day, long least, long most, long last);
    }

    /** No groups yet, to be ordered by something. */
    public GroupSums(SessionSort sort) {
        this.sort = sort;
    }

    /** A partition's sessions follow. */
    void begin(PartitionSessions sessions) {
        agents.begin(sessions);
    }

    void add(SessionSummary session) {
        long its = SortValues.of(session, sort);
        add(agents.of(session), (int) session.startDay(), its, its, session.last());
    }

    private void add(int number, int epochDay, long itsLeast, long its, long itsLast) {
        long key = ((long) number << AGENT_SHIFT) | (epochDay & 0xFFFF_FFFFL);
        int slot = groups.indexOf(key);
        if (groups.indexExists(slot)) {
            combine(groups.indexGet(slot), itsLeast, its, itsLast);
        } else {
            groups.indexInsert(slot, key, newGroup(number, epochDay, itsLeast, its, itsLast));
        }
    }

    private int newGroup(int agentNumber, int epochDay, long itsLeast, long its, long itsLast) {
        if (size == agent.length) {
            int room = 2 * size;
            agent = Arrays.copyOf(agent, room);
            day = Arrays.copyOf(day, room);
            value = Arrays.copyOf(value, room);
            least = Arrays.copyOf(least, room);
            last = Arrays.copyOf(last, room);
        }
        agent[size] = agentNumber;
        day[size] = epochDay;
        value[size] = its;
        least[size] = itsLeast;
        last[size] = itsLast;
        return size++;
    }

    private void combine(int group, long itsLeast, long its, long itsLast) {
        last[group] = Math.max(last[group], itsLast);
        switch (sort) {
            case LAST_ACTIVITY -> value[group] = Math.max(value[group], its);
            case START -> value[group] = Math.min(value[group], its);
            case COST, TOKENS, DURATION, ERRORS -> value[group] += its;
            case P95 -> {
                // A part without durations says nothing.
                if (its >= 0) {
                    least[group] = least[group] < 0 ? itsLeast : Math.min(least[group], itsLeast);
                    value[group] = Math.max(value[group], its);
                }
            }
        }
    }

    void cover(Coverage more) {
        coverage = coverage.and(more);
    }

    /** The partitions that they speak for. */
    public Coverage coverage() {
        return coverage;
    }

    /** These groups with others added to them. */
    public GroupSums and(GroupSums other) {
        if (size == 0) {
            other.cover(coverage);
            return other;
        }
        for (int i = 0; i < other.size; i++) {
            int number = agents.of(other.agents.id(other.agent[i]));
            add(number, other.day[i], other.least[i], other.value[i], other.last[i]);
        }
        cover(other.coverage);
        return this;
    }

    /** Shows each group, in no order. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            long low = sort == SessionSort.P95 ? least[i] : value[i];
            visitor.accept(agents.id(agent[i]), day[i], low, value[i], last[i]);
        }
    }
}
