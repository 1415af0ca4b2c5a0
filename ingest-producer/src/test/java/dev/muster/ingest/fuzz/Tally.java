/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.fuzz;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each endpoint answered with which status. */
public final class Tally {

    private final Map<String, Map<Integer, LongAdder>> counts = new ConcurrentSkipListMap<>();

    /** Counts an answer. */
    public void count(Endpoint endpoint, int status) {
        counts.computeIfAbsent(endpoint.toString(), name -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(status, code -> new LongAdder())
                .increment();
    }

    /** Writes a line for each endpoint. */
    public void write(Path file) throws IOException {
        Files.writeString(
                file,
                counts.entrySet().stream()
                        .map(endpoint -> endpoint.getKey() + " " + endpoint.getValue() + "\n")
                        .collect(joining()));
    }
}
