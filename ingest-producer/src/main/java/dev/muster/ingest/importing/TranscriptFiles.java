/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds transcripts: the files that are named, and those under the folders that are. */
final class TranscriptFiles {

    private static final String ENDING = ".jsonl";
    private static final int LINES_TRIED = 50;

    private final List<Path> roots;
    private final Map<Path, String> firstTimes = new HashMap<>();

    TranscriptFiles(List<Path> roots) {
        this.roots = roots;
    }

    /**
     * All there are now, the earliest first.
     *
     * @throws ImportRefusedException if a path that was named is not there
     */
    List<TranscriptFile> find() throws IOException {
        TreeSet<Path> paths = new TreeSet<>();
        for (Path root : roots) {
            if (!Files.exists(root)) {
                throw new ImportRefusedException(
                        "There is no " + root + "; name transcripts (*.jsonl) or folders, as ~/.claude/projects.");
            }
            if (Files.isRegularFile(root)) {
                if (Files.size(root) > 0 && firstTime(root.toRealPath()).isEmpty()) {
                    throw new ImportRefusedException(root + " is no transcript of Claude Code; they are *.jsonl files,"
                            + " usually under ~/.claude/projects.");
                }
                paths.add(root.toRealPath());
                continue;
            }
            try (Stream<Path> under = Files.walk(root.toRealPath(), FileVisitOption.FOLLOW_LINKS)) {
                for (Path path : (Iterable<Path>) under::iterator) {
                    if (path.toString().endsWith(ENDING) && Files.isRegularFile(path)) {
                        paths.add(path.toRealPath());
                    }
                }
            } catch (UncheckedIOException e) {
                throw new ImportRefusedException("The folder " + root + " cannot be read: " + e.getMessage() + ".", e);
            }
        }
        List<TranscriptFile> files = new ArrayList<>();
        for (Path path : paths) {
            firstTime(path).ifPresent(first -> files.add(new TranscriptFile(path, first)));
        }
        files.sort(TranscriptFile.EARLIEST_FIRST);
        return files;
    }

    /** Whether a file's first lines are a transcript's; an empty one may still become one. */
    private Optional<String> firstTime(Path path) throws IOException {
        String known = firstTimes.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        boolean typed = false;
        try (LineStream lines = new LineStream(Files.newInputStream(path), 0, FileImport.LONGEST_LINE)) {
            for (int i = 0; i < LINES_TRIED && lines.next(); i++) {
                JsonNode line = slim(lines);
                typed |= line.path("type").isTextual();
                if (line.path("timestamp").isTextual() && typed) {
                    firstTimes.put(path, line.get("timestamp").textValue());
                    return Optional.of(line.get("timestamp").textValue());
                }
            }
        } catch (AccessDeniedException e) {
            // Whoever reads all of it says so.
            return Optional.of("");
        }
        return typed ? Optional.of("") : Optional.empty();
    }

    private static JsonNode slim(LineStream line) throws IOException {
        try {
            return TranscriptLineFilter.slim(line).map(JsonNode.class::cast).orElse(MissingNode.getInstance());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
