/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Names that come again and again, each with a number from 0 on; none is forgotten. For any number of threads. */
final class NameDictionary {

    /** About what a name takes beside its characters: itself, its number, and a place in a map and an array. */
    private static final int OVERHEAD_BYTES = 120;

    private static final int FIRST_NAMES = 16;

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    /** Longer than there are names. Written under the lock, before a name's number is told. */
    private volatile String[] names = new String[FIRST_NAMES];

    private final LongConsumer memory;
    private long weight;
    private boolean isClosed;

    /**
     * No names yet.
     *
     * @param memory hears about how many bytes more they take
     */
    NameDictionary(LongConsumer memory) {
        this.memory = memory;
    }

    /** No names yet; who has it asks for its weight. */
    NameDictionary() {
        this(more -> {});
    }

    /** A name's number, a new one if it has none. */
    int number(String name) {
        Integer known = numbers.get(name);
        return known != null ? known : add(name);
    }

    private synchronized int add(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        String[] all = number < names.length ? names : Arrays.copyOf(names, 2 * number);
        all[number] = name;
        names = all;
        numbers.put(name, number);
        int more = OVERHEAD_BYTES + name.length();
        weight += more;
        if (!isClosed) {
            memory.accept(more);
        }
        return number;
    }

    /** A name's number; -1 when it has none. */
    int find(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /** The name of a number. */
    String name(int number) {
        return names[number];
    }

    /** About how many bytes it takes. */
    synchronized long weight() {
        return weight;
    }

    /** Gives back what it takes; who still has it may go on. */
    synchronized void close() {
        isClosed = true;
        memory.accept(-weight);
    }
}
