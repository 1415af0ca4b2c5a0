/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the whole path is ready, from the collector's door to the stores; until it is, what is awaited. */
public final class Readiness implements Supplier<Optional<String>> {

    private final List<Supplier<Optional<String>>> checks = new CopyOnWriteArrayList<>();
    private volatile boolean allStarted;

    /** Adds a part that says itself what it awaits. */
    public void require(Supplier<Optional<String>> notReadyBecause) {
        checks.add(notReadyBecause);
    }

    /** Adds a part that is ready or not. */
    public void require(BooleanSupplier ready, String otherwise) {
        require(() -> ready.getAsBoolean() ? Optional.empty() : Optional.of(otherwise));
    }

    /** Says that every part has been added. */
    public void allStarted() {
        allStarted = true;
    }

    /** What is awaited, in a sentence; empty when nothing is. */
    @Override
    public Optional<String> get() {
        if (!allStarted) {
            return Optional.of("Muster is starting.");
        }
        return checks.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
    }
}
