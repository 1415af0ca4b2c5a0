/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what the fleet does when it is due. A collector that cannot take a post now is given it again. An agent that is told
 * to stop does so, and one that was deleted gives up.
 */
public final class Demo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int SUCCESS = 2;
    private static final int CLIENT_ERROR = 4;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI collector;
    private final String key;
    private final InstantSource clock;
    private final Duration retryAfter;
    private final Fleet fleet;
    private final Thread thread = new Thread(this::run, "muster-demo");

    private Demo(URI collector, String key, InstantSource clock, long seed, Duration retryAfter) {
        this.collector = collector;
        this.key = key;
        this.clock = clock;
        this.retryAfter = retryAfter;
        this.fleet = new Fleet(clock.instant(), seed);
    }

    /**
     * Starts to post, on a thread of its own.
     *
     * @param key the collector's key
     * @param seed what the fleet is made from; ids too, so a data folder should not see one twice
     * @param retryAfter how long to wait before a post is tried again
     */
    public static Demo start(URI collector, String key, InstantSource clock, long seed, Duration retryAfter) {
        Demo demo = new Demo(collector, key, clock, seed, retryAfter);
        demo.thread.setDaemon(true);
        demo.thread.start();
        return demo;
    }

    /** Stops at once; a post under way is cut off. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Post post = fleet.next();
                Duration early = Duration.between(clock.instant(), post.at());
                if (early.toMillis() > 0) {
                    Thread.sleep(early.toMillis());
                }
                while (!isSettled(post)) {
                    Thread.sleep(retryAfter.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the post needs no other try. */
    private boolean isSettled(Post post) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(collector.resolve(post.path()))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(post.body().toString(), UTF_8))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == GONE) {
                fleet.stopLast();
                return true;
            }
            if (answer.statusCode() / 100 == CLIENT_ERROR && answer.statusCode() != TOO_MANY_REQUESTS) {
                LOG.warn("The collector refused a post of the demo to {}: {}", post.path(), answer.body());
                return true;
            }
            if (answer.statusCode() / 100 != SUCCESS) {
                return false;
            }
            JsonNode told = JSON.readTree(answer.body());
            if (told.path("paused").asBoolean() || !told.path("continue").asBoolean(true)) {
                fleet.stopLast();
            }
            return true;
        } catch (IOException e) {
            LOG.debug("The collector did not answer a post of the demo, which will be tried again", e);
            return false;
        }
    }
}
