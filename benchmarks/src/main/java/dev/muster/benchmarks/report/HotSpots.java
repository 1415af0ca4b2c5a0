/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a flight recording's samples of running Java code fell: by the method that ran, and by Muster's methods under which it ran. */
public final class HotSpots {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String OURS = "dev.muster.";
    private static final int SHOWN = 25;

    private HotSpots() {}

    /** A summary in text: shares of all samples. */
    public static String of(Path recording) {
        Map<String, Integer> running = new HashMap<>();
        Map<String, Integer> under = new HashMap<>();
        int samples = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    List<String> methods = methods(event.getStackTrace().getFrames());
                    samples++;
                    running.merge(methods.get(0), 1, Integer::sum);
                    Set<String> ours = new HashSet<>(methods);
                    ours.removeIf(method -> !method.startsWith(OURS));
                    ours.forEach(method -> under.merge(method, 1, Integer::sum));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the recording " + recording + " cannot be read", e);
        }
        return samples + " samples\n\nrunning:\n" + top(running, samples) + "\n\nin or under Muster's:\n"
                + top(under, samples);
    }

    private static List<String> methods(List<RecordedFrame> frames) {
        List<String> methods = new ArrayList<>();
        for (RecordedFrame frame : frames) {
            methods.add(frame.getMethod().getType().getName() + "."
                    + frame.getMethod().getName());
        }
        return methods;
    }

    private static String top(Map<String, Integer> counts, int samples) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(entry ->
                        String.format(Locale.ROOT, "%5.1f %%  %s", 100.0 * entry.getValue() / samples, entry.getKey()))
                .collect(Collectors.joining("\n"));
    }
}
