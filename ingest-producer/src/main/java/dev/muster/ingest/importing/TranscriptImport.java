/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import dev.muster.ingest.transcript.PromptTracker;
import dev.muster.ingest.transcript.ToolNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Sends Claude Code's transcripts to a collector, what is new in them and each fact once. It is safe to repeat: what was
 * acknowledged is kept in a state, and what is sent again is known by its ids.
 */
public final class TranscriptImport {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Request request;
    private final InstantSource clock;
    private final ImportWatcher watcher;
    private final Unusable unusable;
    private final ToolNames tools = new ToolNames();
    private final PromptTracker tracker = new PromptTracker();
    private ImportTotals totals = ImportTotals.NONE;
    private long totalBytes;
    private long totalFiles;
    private boolean tookNothing;

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
        unusable = new Unusable(watcher);
    }

    /**
     * Runs to the end, or until the watcher tells to stop.
     *
     * @return what was done
     * @throws ImportRefusedException if it cannot be or cannot go on; what was acknowledged is in the state
     * @throws IOException if a transcript or the state cannot be read or written
     */
    public ImportTotals run() throws IOException, InterruptedException {
        TranscriptFiles transcripts = new TranscriptFiles(request.paths(), unusable);
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
            boolean isFirst =
                    found.stream().allMatch(file -> state.sent(file.path()).offset() == 0);
            try {
                sendAll(found, state, collector);
                while (request.follow() && !watcher.isStopped() && !watcher.pause(LOOK_AGAIN)) {
                    sendAll(transcripts.find(), state, collector);
                }
            } finally {
                state.save();
            }
            tookNothing =
                    isFirst && !watcher.isStopped() && totals.accepted() == totals.tooOld() && totals.copies() == 0;
        }
        return totals.withUnusable(unusable.count());
    }

    /** Whether nothing of what was named could be used, now or before. */
    public boolean tookNothing() {
        return tookNothing;
    }

    private void sendAll(List<TranscriptFile> files, ImportState state, CollectorClient collector)
            throws IOException, InterruptedException {
        totalFiles = files.size();
        totalBytes = totals.bytes();
        for (TranscriptFile file : files) {
            totalBytes += left(file, state);
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
            } catch (IOException e) {
                unusable.add(file.path(), e);
            }
            if (totals.bytes() > before) {
                add(ImportTotals.ofFile());
                if (request.follow()) {
                    state.save();
                }
            }
        }
    }

    private static long left(TranscriptFile file, ImportState state) {
        try {
            return Math.max(0, file.size() - state.sent(file.path()).offset());
        } catch (IOException e) {
            // Whoever reads it says so.
            return 0;
        }
    }

    private void add(ImportTotals more) {
        totals = totals.plus(more);
        watcher.progress(totals, totalBytes, totalFiles);
    }
}
