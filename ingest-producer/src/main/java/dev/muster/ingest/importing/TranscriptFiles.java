/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds transcripts: the files that are named, and those under the folders that are. */
final class TranscriptFiles {

    private static final String ENDING = ".jsonl";
    private static final int LINES_TRIED = 50;
    private static final int BEGINNING = 1 << 20;

    private final List<Path> roots;
    private final Unusable unusable;
    private final Map<Path, String> firstTimes = new HashMap<>();

    /**
     * Looks for transcripts.
     *
     * @param unusable told of what cannot be used; all else is found nevertheless
     */
    TranscriptFiles(List<Path> roots, Unusable unusable) {
        this.roots = roots;
        this.unusable = unusable;
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
            Files.walkFileTree(
                    root.toRealPath(), Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Walk(paths));
        }
        List<TranscriptFile> files = new ArrayList<>();
        for (Path path : paths) {
            try {
                Optional<String> first = firstTime(path);
                first.ifPresent(time -> files.add(new TranscriptFile(path, time)));
                if (first.isEmpty() && hasWholeLine(path)) {
                    unusable.add(path, "is no transcript of Claude Code");
                }
            } catch (IOException e) {
                unusable.add(path, e);
            }
        }
        files.sort(TranscriptFile.EARLIEST_FIRST);
        return files;
    }

    /** Whether a line has been written to its end: before, nobody can tell what a file is. */
    private static boolean hasWholeLine(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            for (byte b : in.readNBytes(BEGINNING)) {
                if (b == '\n') {
                    return true;
                }
            }
            return false;
        }
    }

    /** Collects transcripts, and goes on past whatever cannot be looked at. */
    private final class Walk extends SimpleFileVisitor<Path> {

        private final Set<Path> found;

        Walk(Set<Path> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (path.toString().endsWith(ENDING)) {
                if (attributes.isRegularFile()) {
                    add(path);
                } else if (attributes.isSymbolicLink()) {
                    unusable.add(path, "is a link to nothing");
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path path) {
            try {
                found.add(path.toRealPath());
            } catch (IOException e) {
                unusable.add(path, e);
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) {
            unusable.add(path, failure);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) {
            if (failure != null) {
                unusable.add(path, failure);
            }
            return FileVisitResult.CONTINUE;
        }
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
