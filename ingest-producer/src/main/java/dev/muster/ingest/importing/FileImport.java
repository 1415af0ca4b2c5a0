/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.transcript.PromptTracker;
import dev.muster.ingest.transcript.ToolNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends what is new in one transcript. */
final class FileImport {

    /** The longest line that is read, in bytes. */
    static final long LONGEST_LINE = 64L << 20;

    private final TranscriptFile file;
    private final ImportState state;
    private final ImportWatcher watcher;
    private final Consumer<ImportTotals> done;
    private final ToolNames tools;
    private final PromptTracker tracker;
    private final Copies copies;
    private final Batch batch;
    private final ArrayDeque<TranscriptLine> ready = new ArrayDeque<>();
    private final UsageWindow window = new UsageWindow(ready::add);
    private Sent sent;

    FileImport(
            TranscriptFile file,
            ImportState state,
            CollectorClient collector,
            ToolNames tools,
            PromptTracker tracker,
            ImportWatcher watcher,
            Consumer<ImportTotals> done)
            throws IOException {
        this.file = file;
        this.state = state;
        this.tools = tools;
        this.tracker = tracker;
        this.watcher = watcher;
        this.done = done;
        this.sent = state.sent(file.path()).stillOf(file.path());
        this.copies = new Copies(state.owners(), file.project(), sent.number());
        this.batch = new Batch(file.path(), collector, watcher);
    }

    /** Reads to the file's end, or to where the import is told to stop. */
    void run() throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file.path());
                InputStream in = Channels.newInputStream(channel.position(sent.offset()));
                LineStream lines = new LineStream(in, sent.offset(), LONGEST_LINE)) {
            long number = sent.lines();
            while (!watcher.isStopped() && lines.next()) {
                number++;
                long start = lines.position();
                Optional<TranscriptLine> line = read(lines, number, start);
                if (line.isEmpty()) {
                    break;
                }
                done.accept(ImportTotals.ofLine(lines.position() - start));
                window.add(line.get());
                if (!drain()) {
                    return;
                }
            }
            window.flush();
            if (drain()) {
                send();
            }
        }
    }

    /** The next line, or nothing if it is the last one and still being written. */
    private Optional<TranscriptLine> read(LineStream lines, long number, long start) throws IOException {
        Optional<ObjectNode> body = Optional.empty();
        Optional<String> unreadable = Optional.empty();
        try {
            body = TranscriptLineFilter.slim(lines);
        } catch (JsonProcessingException e) {
            unreadable = Optional.of("is no JSON that can be read");
        }
        lines.skipRest();
        if (unreadable.isPresent() && !lines.isFinished()) {
            return Optional.empty();
        }
        if (lines.isTooLong()) {
            unreadable = Optional.of("is longer than " + (LONGEST_LINE >> 20) + " MiB");
        } else if (body.isPresent() && !body.get().path("type").isTextual()) {
            unreadable = Optional.of("is no line of a transcript");
        }
        body.ifPresent(tools::complete);
        body.ifPresent(tracker::complete);
        unreadable.ifPresent(reason -> done.accept(batch.refuse(number, reason)));
        if (unreadable.isEmpty() && body.isPresent() && copies.isCopy(body.get())) {
            done.accept(ImportTotals.ofCopy());
            body = Optional.empty();
        }
        return Optional.of(new TranscriptLine(
                number, lines.position(), lines.position() - start, unreadable.isPresent() ? Optional.empty() : body));
    }

    /** Puts what need not wait any longer into batches; false if the import is to stop. */
    private boolean drain() throws IOException, InterruptedException {
        while (!ready.isEmpty()) {
            batch.add(ready.remove());
            if (batch.isFull() && !send()) {
                return false;
            }
        }
        return true;
    }

    private boolean send() throws IOException, InterruptedException {
        Optional<TranscriptLine> last = batch.last();
        Optional<ImportTotals> totals = batch.send();
        if (totals.isPresent() && last.isPresent()) {
            done.accept(totals.get());
            sent = sent.upTo(file.path(), last.get().end(), last.get().number());
            state.note(file.path(), sent);
        }
        return totals.isPresent();
    }
}
