/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What two processes tell each other: JSON files in a folder that both know. A message is there as a whole or not at all. */
public final class Mailbox {

    private static final String ENDING = ".json";

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;

    /** The messages in a folder. */
    public Mailbox(Path folder) {
        this.folder = folder;
    }

    /** Leaves a message, in the place of one of the same name. */
    public void put(String name, Object message) {
        Path next = folder.resolve(name + ".next");
        try {
            json.writeValue(next.toFile(), message);
            Files.move(
                    next,
                    folder.resolve(name + ENDING),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the message " + name + " cannot be left in " + folder, e);
        }
    }

    /** Whether there is a message of a name. */
    public boolean has(String name) {
        return Files.exists(folder.resolve(name + ENDING));
    }

    /** The message of a name; empty as long as there is none. */
    public <T> Optional<T> get(String name, Class<T> type) {
        if (!has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(folder.resolve(name + ENDING).toFile(), type));
        } catch (IOException e) {
            throw new UncheckedIOException("the message " + name + " in " + folder + " cannot be read", e);
        }
    }

    /** The message of a name that must be there. */
    public <T> T require(String name, Class<T> type) {
        return get(name, type)
                .orElseThrow(() -> new IllegalStateException("there is no message " + name + " in " + folder));
    }
}
