/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a program says of itself, to anybody.
 *
 * @param service the program's name
 * @param clock tells how long it is up
 * @param startedAt since when it is
 * @param cluster which Kafka cluster the events go to: whoever notes what it has sent sees by it that all is new; empty when
 *     the program has none to tell
 * @param notReadyBecause why it cannot do its work, in a sentence; empty when it can
 * @param note what to know although it is ready, in a sentence; empty when there is nothing to say
 */
public record Health(
        String service,
        InstantSource clock,
        Instant startedAt,
        Supplier<Optional<String>> cluster,
        Supplier<Optional<String>> notReadyBecause,
        Supplier<Optional<String>> note) {

    /** Health from now on, of a program with nothing more to say. */
    public static Health of(String service, InstantSource clock, Supplier<Optional<String>> notReadyBecause) {
        return new Health(service, clock, clock.instant(), Optional::empty, notReadyBecause, Optional::empty);
    }
}
