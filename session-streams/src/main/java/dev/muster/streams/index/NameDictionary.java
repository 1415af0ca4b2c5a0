/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that come again and again, each with a number. None is forgotten. */
final class NameDictionary {

    /** About what a name takes beside its characters: itself, its number, and a place in a map and a list. */
    private static final int OVERHEAD_BYTES = 120;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private long weight;

    /** A name's number, a new one if it has none. */
    int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = names.size();
        names.add(name);
        numbers.put(name, number);
        weight += OVERHEAD_BYTES + name.length();
        return number;
    }

    /** A name's number; -1 when it has none. */
    int find(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /** The name of a number. */
    String name(int number) {
        return names.get(number);
    }

    /** About how many bytes it takes. */
    long weight() {
        return weight;
    }
}
