/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import dev.muster.ingest.transcript.PromptTracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends Claude Code's transcripts to a collector, what is new in them and each fact once. It is safe to repeat: what was
 * acknowledged is kept in a state, and what is sent again is known by its ids.
 */
public final class TranscriptImport {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Request request;
    private final InstantSource clock;
    private final ImportWatcher watcher;
    private final Set<Path> unreadable = new HashSet<>();
    private final ToolNames tools = new ToolNames();
    private final PromptTracker tracker = new PromptTracker();
    private ImportTotals totals = ImportTotals.NONE;
    private long totalBytes;
    private long totalFiles;

    /**
     * What is to be imported.
     *
     * @param paths transcripts, or folders that are searched for them
     * @param collector its address
     * @param key the API key
     * @param state where what was sent is kept across runs
     * @param again whether to send all, whatever the state says
     * @param follow whether to go on with what is written from then on, until told to stop
     */
    public record Request(List<Path> paths, URI collector, String key, Path state, boolean again, boolean follow) {

        /** Copies the list of paths. */
        public Request {
            paths = List.copyOf(paths);
        }
    }

    /** Prepares an import; nothing is read yet. */
    public TranscriptImport(Request request, InstantSource clock, ImportWatcher watcher) {
        this.request = request;
        this.clock = clock;
        this.watcher = watcher;
    }

    /**
     * Runs to the end, or until the watcher tells to stop.
     *
     * @return what was done
     * @throws ImportRefusedException if it cannot be or cannot go on; what was acknowledged is in the state
     * @throws IOException if a transcript or the state cannot be read or written
     */
    public ImportTotals run() throws IOException, InterruptedException {
        TranscriptFiles transcripts = new TranscriptFiles(request.paths());
        List<TranscriptFile> found = transcripts.find();
        if (found.isEmpty() && !request.follow()) {
            throw new ImportRefusedException("There is no transcript of Claude Code in "
                    + String.join(
                            ", ", request.paths().stream().map(Path::toString).toList())
                    + "; they are *.jsonl files, usually under ~/.claude/projects.");
        }
        try (ImportState state = ImportState.open(request.state(), request.again(), clock)) {
            CollectorClient collector =
                    new CollectorClient(request.collector(), request.key(), watcher, request.follow());
            collector
                    .cluster()
                    .filter(state::sendTo)
                    .ifPresent(another -> watcher.say("The collector "
                            + request.collector()
                            + " keeps its events in another Kafka than at the last import; everything is sent to it."));
            try {
                sendAll(found, state, collector);
                while (request.follow() && !watcher.isStopped() && !watcher.pause(LOOK_AGAIN)) {
                    sendAll(transcripts.find(), state, collector);
                }
            } finally {
                state.save();
            }
        }
        return totals;
    }

    private void sendAll(List<TranscriptFile> files, ImportState state, CollectorClient collector)
            throws IOException, InterruptedException {
        totalFiles = files.size();
        totalBytes = totals.bytes();
        for (TranscriptFile file : files) {
            totalBytes += Math.max(0, file.size() - state.sent(file.path()).offset());
        }
        watcher.progress(totals, totalBytes, totalFiles);
        for (TranscriptFile file : files) {
            if (watcher.isStopped()) {
                return;
            }
            long before = totals.bytes();
            try {
                if (file.size() != state.sent(file.path()).offset()) {
                    new FileImport(file, state, collector, tools, tracker, watcher, this::add).run();
                }
            } catch (NoSuchFileException e) {
                watcher.say(file.path() + " is no longer there.");
            } catch (AccessDeniedException e) {
                if (unreadable.add(file.path())) {
                    watcher.say(file.path() + " may not be read by this user.");
                }
            }
            if (totals.bytes() > before) {
                add(ImportTotals.ofFile());
                if (request.follow()) {
                    state.save();
                }
            }
        }
    }

    private void add(ImportTotals more) {
        totals = totals.plus(more);
        watcher.progress(totals, totalBytes, totalFiles);
    }
}
