/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Part;
import dev.muster.ingest.source.MappedBody.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Maps a body of {@code POST /v1/events/bulk}: lines that are each a body of {@code POST /v1/events}, and the same fact
 * whichever way they come. A line that is wrong is refused alone. Blank lines are passed over and not counted.
 */
public final class VoightBulk implements EventSource {

    /** The most lines of a body. */
    public static final int MAX_LINES = 10_000;

    private final VoightEvents events = new VoightEvents();
    private final int maxLineBytes;

    /**
     * Reads bodies of many events.
     *
     * @param maxLineBytes the most bytes of a line
     */
    public VoightBulk(int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    public String name() {
        return "voight-bulk";
    }

    @Override
    public MappedBody read(Incoming incoming) throws InvalidBodyException {
        List<byte[]> lines = lines(incoming.body());
        List<Part> taken = new ArrayList<>(lines.size());
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                taken.add(new Part(i, line(incoming, lines.get(i)).events()));
            } catch (InvalidBodyException e) {
                refused.add(Refusal.invalid(i, e.issues()));
            }
        }
        return new MappedBody(taken, refused, Map.of());
    }

    private MappedBody line(Incoming incoming, byte[] line) throws InvalidBodyException {
        if (line.length > maxLineBytes) {
            throw refused("The line must have at most " + maxLineBytes + " bytes");
        }
        return events.read(new Incoming(
                incoming.account(), incoming.agentLabel(), incoming.receivedAt(), incoming.mediaType(), line));
    }

    private static List<byte[]> lines(byte[] body) throws InvalidBodyException {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        while (start < body.length) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            byte[] line = stripped(body, start, end);
            if (line.length > 0) {
                lines.add(line);
            }
            if (lines.size() > MAX_LINES) {
                throw refused("The body must have at most " + MAX_LINES + " lines");
            }
            start = end + 1;
        }
        if (lines.isEmpty()) {
            throw refused("The body holds no event; each line must be one");
        }
        return lines;
    }

    /** The bytes between two places, without the white space around them. */
    private static byte[] stripped(byte[] body, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(body[start])) {
            start++;
        }
        while (end > start && isSpace(body[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(body, start, end);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private static InvalidBodyException refused(String message) {
        return new InvalidBodyException(List.of(Issue.at(message)));
    }
}
