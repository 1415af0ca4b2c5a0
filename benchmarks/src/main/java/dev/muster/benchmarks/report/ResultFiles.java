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

/** The files that a run leaves. */
final class ResultFiles {

    private ResultFiles() {}

    /** Writes records as JSON, in a folder that is made if it is missing. */
    static void writeJson(Path file, Object content) {
        try {
            writeText(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be put into JSON", e);
        }
    }

    /** Writes a text, in a folder that is made if it is missing. */
    static void writeText(Path file, String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written to " + file, e);
        }
    }
}
