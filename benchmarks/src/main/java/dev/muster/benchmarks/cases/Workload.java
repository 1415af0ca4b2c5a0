/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.data.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What one pass of a case is given.
 *
 * @param bootstrap the broker
 * @param loaded what stands in the topic, or will when all has come
 * @param folder an empty folder for state, the pass's own
 * @param id a name that no other pass on this broker has
 * @param warmUp how many records are read before its time begins
 * @param settings Muster's settings where they are not the default
 */
public record Workload(
        String bootstrap, Loaded loaded, Path folder, String id, long warmUp, Map<String, String> settings) {

    private static final String STARTED = "started";

    /** A pass over a topic that is full, measured from its first record. */
    public Workload(String bootstrap, Loaded loaded, Path folder, String id) {
        this(bootstrap, loaded, folder, id, 0, Map.of());
    }

    /** The same, with some settings more. */
    Workload with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return new Workload(bootstrap, loaded, folder, id, warmUp, Map.copyOf(all));
    }

    /** The file that is there once a pass reads. */
    public static Path startedFile(Path folder) {
        return folder.resolve(STARTED);
    }

    /** Says, to whoever waits for it before sending, that it reads from now on. */
    void started() {
        try {
            Files.createFile(startedFile(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can be written to " + folder, e);
        }
    }
}
