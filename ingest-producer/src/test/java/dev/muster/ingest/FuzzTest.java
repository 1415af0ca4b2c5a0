/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static dev.muster.ingest.fuzz.Answers.assertClear;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.fuzz.Endpoint;
import dev.muster.ingest.fuzz.Mutations;
import dev.muster.ingest.fuzz.RawClient;
import dev.muster.ingest.fuzz.RawClient.Answer;
import dev.muster.ingest.fuzz.Tally;
import dev.muster.ingest.fuzz.Transports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Sends to every endpoint what it does not expect, over real connections, and looks whether each request is answered
 * clearly, others are unharmed, and neither threads nor memory are lost. How the answers were, is in {@code target}.
 */
class FuzzTest {

    private static final int TRIES = 20;
    private static final int INPUTS_PER_TRY = Integer.getInteger("muster.fuzz.inputs", 300) / TRIES;
    private static final int CLIENTS = 4;
    private static final int MAX_THREADS = 64;
    private static final int MAX_BODY = 256 * 1024;
    private static final long MAX_HEAP_GROWTH = 48L * 1024 * 1024;
    private static final Set<Integer> STATUSES = Set.of(200, 202, 207, 400, 401, 403, 404, 405, 413, 415, 429);
    private static final Set<Integer> MALFORMED_STATUSES =
            Set.of(200, 202, 400, 401, 404, 405, 408, 413, 414, 415, 417, 431, 501, 505);
    private static final byte[] EVENT =
            "{\"agentId\":\"bot\",\"timestamp\":1795363200000,\"metadata\":{\"sessionId\":\"s1\"}}".getBytes(UTF_8);

    private static final Collector COLLECTOR = FuzzedCollector.start(MAX_BODY, Duration.ofMinutes(1));
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(CLIENTS);
    private static final Tally TALLY = new Tally();
    private static final long HEAP_BEFORE = heap();

    @AfterContainer
    static void nothingIsLost() throws IOException {
        THREADS.shutdownNow();
        TALLY.write(Path.of("target", "fuzz-answers.txt"));
        try {
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("muster-collector"))
                            .count())
                    .isLessThanOrEqualTo(MAX_THREADS);
            assertThat(heap()).isLessThan(HEAP_BEFORE + MAX_HEAP_GROWTH);
        } finally {
            COLLECTOR.close();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyBodyIsAnsweredClearly(@ForAll long seed) throws Exception {
        List<Callable<Endpoint>> clients = Endpoint.ALL.stream()
                .<Callable<Endpoint>>map(endpoint -> () -> fuzzed(endpoint, new Random(seed)))
                .toList();
        for (Future<Endpoint> client : THREADS.invokeAll(clients)) {
            client.get();
        }
    }

    private static Endpoint fuzzed(Endpoint endpoint, Random random) throws IOException {
        Mutations mutations = new Mutations(random);
        Transports transports = new Transports(random, endpoint.mediaType());
        try (RawClient client = new RawClient(COLLECTOR.port())) {
            for (int i = 0; i < INPUTS_PER_TRY; i++) {
                byte[] request = transports.of(endpoint.path(), mutations.of(endpoint.bodies()));
                Answer answer = client.send(request);
                assertClear(answer, endpoint, STATUSES, request);
                TALLY.count(endpoint, answer.status());
            }
            aGoodRequestIsTaken(client);
        }
        return endpoint;
    }

    @Example
    void aRequestThatIsNoneIsAnsweredClearlyOrItsConnectionClosed() throws IOException {
        for (Endpoint endpoint : Endpoint.ALL) {
            for (String request : malformed(endpoint)) {
                byte[] bytes = request.getBytes(ISO_8859_1);
                try (RawClient client = new RawClient(COLLECTOR.port())) {
                    Optional<Answer> answer = client.sendLast(bytes);
                    if (answer.isPresent()) {
                        assertClear(answer.get(), endpoint, MALFORMED_STATUSES, bytes);
                    }
                    aGoodRequestIsTaken(client);
                }
            }
        }
    }

    private static List<String> malformed(Endpoint endpoint) {
        String path = endpoint.path();
        String key = "Host: muster\r\nAuthorization: Bearer vk_test\r\nContent-Type: " + endpoint.mediaType() + "\r\n";
        String post = "POST " + path + " HTTP/1.1\r\n" + key;
        return List.of(
                post + "Content-Length: 100\r\n\r\n{\"agentId\":",
                post + "Content-Length: -1\r\n\r\n{}",
                post + "Content-Length: x\r\n\r\n{}",
                post + "Content-Length: 99999999999999999999\r\n\r\n{}",
                post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                post + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a",
                post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
                post + "Transfer-Encoding: gzip\r\n\r\n{}",
                post + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\n\u001f\u008b\u0008\r\n",
                post + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
                post + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}",
                post + "X: " + "x".repeat(100_000) + "\r\nContent-Length: 2\r\n\r\n{}",
                post + "x: y\r\n".repeat(2000) + "Content-Length: 2\r\n\r\n{}",
                post + "no colon\r\nContent-Length: 2\r\n\r\n{}",
                post + "A\u0000B: c\r\nContent-Length: 2\r\n\r\n{}",
                post + " folded: c\r\nContent-Length: 2\r\n\r\n{}",
                post + "Authorization: Bearer \u00ff\r\nContent-Length: 2\r\n\r\n{}",
                "POST " + path + " HTTP/1.0\r\nAuthorization: Bearer vk_test\r\nContent-Length: 2\r\n\r\n{}",
                "POST " + path + " HTTP/1.1\r\nAuthorization: Bearer vk_test\r\nContent-Length: 2\r\n\r\n{}",
                "POST " + path + " HTTP/3.7\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "\r\n\r\n",
                "BREW " + path + " HTTP/1.1\r\n" + key + "\r\n",
                "POST " + path + "%zz HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "%00 HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "%ff%fe HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "/%2e%2e/%2f HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "?%zz=%&&=%ff HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "/" + "x".repeat(20_000) + " HTTP/1.1\r\n" + key + "\r\n",
                "\u0016\u0003\u0001\u0002\u0000",
                "\r\n\r\n",
                "{\"agentId\":\"bot\"}");
    }

    @Example
    void aBodyIsDecodedAsFarAsItsBoundOnly() throws IOException {
        byte[] bomb = Transports.gzip(new byte[100 * 1024 * 1024]);
        String nested = "[".repeat(10_000) + "]".repeat(10_000);
        byte[] deep = ("{\"agentId\":\"bot\",\"session_id\":\"s\",\"hook_event_name\":\"Stop\",\"metadata\":{\"a\":"
                        + nested + "}}")
                .getBytes(UTF_8);
        try (RawClient client = new RawClient(COLLECTOR.port())) {
            for (Endpoint endpoint : Endpoint.ALL) {
                String type = "Content-Type: " + endpoint.mediaType() + "\r\n";
                byte[] request = Transports.request(endpoint.path(), type + "Content-Encoding: gzip\r\n", bomb);
                assertClear(client.send(request), endpoint, Set.of(413), request);
                // Of a transcript, whose lines are refused alone, the answer tells it.
                request = Transports.request(endpoint.path(), type, deep);
                boolean byLine = endpoint.path().contains("transcripts");
                assertClear(client.send(request), endpoint, Set.of(byLine ? 202 : 400), request);
            }
            aGoodRequestIsTaken(client);
        }
    }

    private static void aGoodRequestIsTaken(RawClient client) throws IOException {
        assertThat(client.send(Transports.request("/v1/events", "", EVENT)).status())
                .isEqualTo(202);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
