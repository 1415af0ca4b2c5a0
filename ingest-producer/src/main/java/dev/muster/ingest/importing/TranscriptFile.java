/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A transcript file.
 *
 * @param path its real path
 * @param first the first time in it, as text, empty if there is none; ISO 8601 in UTC sorts by time
 */
record TranscriptFile(Path path, String first) {

    /** The earlier one first. */
    static final Comparator<TranscriptFile> EARLIEST_FIRST =
            Comparator.comparing(TranscriptFile::first).thenComparing(TranscriptFile::path);

    /** How many bytes it has now. */
    long size() throws IOException {
        return Files.size(path);
    }

    /** The folder of its project: its own, or for a subagent's transcript that of the session it worked for. */
    String project() {
        Path folder = path.resolve("..").normalize();
        return (folder.endsWith("subagents") ? folder.resolve("../..").normalize() : folder).toString();
    }
}
