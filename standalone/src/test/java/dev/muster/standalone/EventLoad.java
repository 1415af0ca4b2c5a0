/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Agents that send event after event, each in a session of its own, and each event again until it is taken. Whether an
 * event was taken whose answer never came they do not know.
 */
final class EventLoad implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    private final URI events;
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<String> otherAnswers = new ConcurrentSkipListSet<>();
    private final List<Agent> agents;
    private final CompletableFuture<Void> allEnded;

    private final class Agent {

        private final String session;
        private final AtomicInteger taken = new AtomicInteger();

        Agent(String session) {
            this.session = session;
        }

        CompletableFuture<Void> start() {
            return CompletableFuture.runAsync(this::run, task -> new Thread(task).start());
        }

        private void run() {
            try {
                while (stopped.getCount() > 0) {
                    while (!isTaken(request(taken.get()))) {
                        stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    }
                    taken.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private HttpRequest request(int number) {
            String body =
                    "{\"agentId\":\"bot\",\"timestamp\":%d,\"metadata\":{\"sessionId\":\"%s\",\"dedupKey\":\"e%d\"}}"
                            .formatted(System.currentTimeMillis(), session, number);
            return HttpRequest.newBuilder(events)
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + Standalone.LOCAL_KEY)
                    .POST(BodyPublishers.ofString(body))
                    .build();
        }
    }

    /** Begins to send to a collector that may not be there yet. */
    EventLoad(URI collector, int sessions) {
        events = collector.resolve("/v1/events");
        agents = IntStream.range(0, sessions)
                .mapToObj(i -> new Agent("load-" + i))
                .toList();
        allEnded = CompletableFuture.allOf(agents.stream().map(Agent::start).toArray(CompletableFuture[]::new));
    }

    /** The fewest events that were taken of a session. */
    int fewest() {
        return agents.stream().mapToInt(agent -> agent.taken.get()).min().orElseThrow();
    }

    /** The sessions. */
    List<String> sessions() {
        return agents.stream().map(agent -> agent.session).toList();
    }

    /** How many events of a session were taken. */
    int taken(String session) {
        return agents.stream()
                .filter(agent -> agent.session.equals(session))
                .mapToInt(agent -> agent.taken.get())
                .findFirst()
                .orElseThrow();
    }

    /** What was answered beside 202, and 503 with Retry-After. */
    Set<String> otherAnswers() {
        return otherAnswers;
    }

    /** Ends when each event that was begun has been taken. */
    @Override
    public void close() {
        stopped.countDown();
        allEnded.join();
    }

    private boolean isTaken(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            boolean told = answer.headers().firstValue("Retry-After").isPresent();
            if (answer.statusCode() != ACCEPTED && !(answer.statusCode() == UNAVAILABLE && told)) {
                otherAnswers.add(answer.statusCode() + " " + answer.body());
            }
            return answer.statusCode() == ACCEPTED;
        } catch (IOException e) {
            // The collector is not there, or ended before it answered.
            otherAnswers.add("none");
            return false;
        }
    }
}
