/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What the short form compares: Muster's cost as a multiple of the least, which says little about the machine.
 *
 * @param measuredAt when it was recorded
 * @param environment where
 * @param records of how many records
 * @param ratio CPU of Muster through CPU of the baseline
 */
public record ShortForm(String measuredAt, Environment environment, long records, double ratio) {

    private static final double MAX_TIMES = 2;

    /**
     * What was recorded.
     *
     * @throws IllegalStateException if nothing is recorded
     */
    public static ShortForm recorded(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException("No short form is recorded in " + file + ": run it with --record.");
        }
        try {
            return new ObjectMapper().readValue(file.toFile(), ShortForm.class);
        } catch (IOException e) {
            throw new UncheckedIOException("what is recorded in " + file + " cannot be read", e);
        }
    }

    /** Records this one. */
    public void record(Path file) {
        ResultFiles.writeJson(file, this);
    }

    /** What is to be said if this one costs twice what was recorded; empty if it does not. */
    public Optional<String> complaint(ShortForm recorded) {
        if (ratio < MAX_TIMES * recorded.ratio) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Muster's topology costs %.1f times poll + decode, and %.1f times is recorded: find out what made it"
                        + " dearer, or record the new cost with './muster bench topology --short --record'.",
                ratio,
                recorded.ratio));
    }
}
