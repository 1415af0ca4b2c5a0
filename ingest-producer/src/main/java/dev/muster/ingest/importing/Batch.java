/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of one file that go to the collector together, and what became of them. */
final class Batch {

    private static final int LINES = 500;
    private static final long BYTES = 1 << 20;
    private static final int REFUSALS_SHOWN = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final CollectorClient collector;
    private final ImportWatcher watcher;
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private Optional<TranscriptLine> last = Optional.empty();
    private long bytes;
    private int shown;

    Batch(Path file, CollectorClient collector, ImportWatcher watcher) {
        this.file = file;
        this.collector = collector;
        this.watcher = watcher;
    }

    /** Takes a line in; one without a body only moves the batch's end. */
    void add(TranscriptLine line) {
        line.body().map(Batch::written).ifPresent(body -> {
            bodies.add(body);
            numbers.add(line.number());
            bytes += body.length + 1;
        });
        last = Optional.of(line);
    }

    /** Whether it is to be sent before more is added. */
    boolean isFull() {
        return bodies.size() >= LINES || bytes >= BYTES / 2;
    }

    /** The last line that it takes in, if any. */
    Optional<TranscriptLine> last() {
        return last;
    }

    /**
     * Sends what there is, and is empty afterwards.
     *
     * @return what became of it, or nothing if the import was told to end first
     */
    Optional<ImportTotals> send() throws InterruptedException {
        Optional<ImportTotals> totals = send(0, bodies.size());
        bodies.clear();
        numbers.clear();
        bytes = 0;
        last = Optional.empty();
        return totals;
    }

    /** Tells of a line that cannot be sent. */
    ImportTotals refuse(long number, String reason) {
        report("line " + number, reason);
        return ImportTotals.ofRefused(1);
    }

    private Optional<ImportTotals> send(int from, int to) throws InterruptedException {
        if (from == to) {
            return Optional.of(ImportTotals.NONE);
        }
        CollectorClient.Answer answer = collector.send(bodies.subList(from, to));
        if (answer instanceof CollectorClient.Answer.Taken taken) {
            for (CollectorClient.Refusal refusal : taken.refused()) {
                int index = Math.min(Math.max(0, refusal.index()), to - from - 1);
                report("line " + numbers.get(from + index), refusal.reason());
            }
            return Optional.of(ImportTotals.ofAnswer(
                    taken.accepted(),
                    taken.tooOld(),
                    taken.ignored(),
                    taken.refused().size()));
        }
        if (answer instanceof CollectorClient.Answer.TooLong && to - from > 1) {
            int middle = (from + to) >>> 1;
            Optional<ImportTotals> first = send(from, middle);
            return first.isEmpty() ? first : send(middle, to).map(first.get()::plus);
        }
        if (answer instanceof CollectorClient.Answer.Stopped) {
            return Optional.empty();
        }
        report(
                to - from == 1
                        ? "line " + numbers.get(from)
                        : "lines " + numbers.get(from) + " to " + numbers.get(to - 1),
                answer instanceof CollectorClient.Answer.Refused refused ? refused.reason() : "too long");
        return Optional.of(ImportTotals.ofRefused(to - from));
    }

    private void report(String where, String reason) {
        shown++;
        if (shown <= REFUSALS_SHOWN) {
            watcher.say(file + ", " + where + ": " + reason);
        } else if (shown == REFUSALS_SHOWN + 1) {
            watcher.say(file + ": more lines were refused");
        }
    }

    private static byte[] written(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }
}
