/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import java.util.List;

/** The cases there are, the one that others are compared with first. */
public final class Cases {

    private static final List<Case> ALL = List.of(
            new PollDecode(),
            new PassThrough(),
            new DslSessionWindows(),
            new KeyValueSums(),
            new FlinkSums(),
            MusterSessions.shipped(),
            MusterSessions.withPlainStores());

    private Cases() {}

    /** All of them, in the report's order. */
    public static List<Case> all() {
        return ALL;
    }

    /** The one that the others' cost is divided by. */
    public static Case baseline() {
        return ALL.get(0);
    }

    /**
     * The case of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Case named(String name) {
        return ALL.stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no case «" + name + "»; there are "
                        + ALL.stream().map(Case::name).toList() + "."));
    }
}
