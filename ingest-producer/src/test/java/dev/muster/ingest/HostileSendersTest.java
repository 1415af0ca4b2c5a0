/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.fuzz.Answers;
import dev.muster.ingest.fuzz.Endpoint;
import dev.muster.ingest.fuzz.RawClient;
import dev.muster.ingest.fuzz.RawClient.Answer;
import dev.muster.ingest.fuzz.Transports;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Senders with a good key who send no end, or far too much, harm nobody. */
class HostileSendersTest {

    private static final int MAX_BODY = 64 * 1024;
    private static final int MORE_THAN_THREADS = 80;
    private static final Set<Integer> TAKEN = Set.of(200, 202, 207);
    private static final int BLOCK = 64 * 1024;
    private static final int BLOCKS = 1600;
    private static final long HUNDRED_MEGABYTES = (long) BLOCK * BLOCKS;

    /** What is read of a body, and what the two ends' sockets hold. */
    private static final long MAX_SENT = 32L * 1024 * 1024;

    static Stream<Endpoint> endpoints() {
        return Endpoint.ALL.stream();
    }

    @Test
    void bodiesThatStopInTheMiddleHoldNoThread() throws IOException {
        List<RawClient> silent = new ArrayList<>();
        try (Collector collector = FuzzedCollector.start(MAX_BODY, Duration.ofMinutes(10));
                RawClient good = new RawClient(collector.port())) {
            for (int i = 0; i < MORE_THAN_THREADS; i++) {
                silent.add(stopped(collector, Endpoint.ALL.get(i % Endpoint.ALL.size())));
            }

            assertThat(good.send(head("GET", "/health", "\r\n")).status()).isEqualTo(200);
            for (Endpoint endpoint : Endpoint.ALL) {
                byte[] request = Transports.request(
                        endpoint.path(), type(endpoint), endpoint.bodies().get(0));
                Answers.assertClear(good.send(request), endpoint, TAKEN, request);
            }
            assertThat(good.send(head("GET", "/health/ready", "\r\n")).status()).isEqualTo(200);

            for (RawClient one : silent) {
                one.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void aBodyThatDoesNotComeInTimeIsAnswered(Endpoint endpoint) throws IOException {
        try (Collector collector = FuzzedCollector.start(MAX_BODY, Duration.ofMillis(50));
                RawClient late = stopped(collector, endpoint)) {
            Answers.assertClear(late.answer(), endpoint, Set.of(408), new byte[0]);

            assertThat(late.connected()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void ofAHundredMegabytesLittleIsRead(Endpoint endpoint) throws IOException {
        byte[] zeros = new byte[BLOCK];
        byte[] json = "[{\"a\":\"b\"}, 12 ]".repeat(BLOCK / 16).getBytes(ISO_8859_1);
        String length = "Content-Length: " + HUNDRED_MEGABYTES + "\r\n";
        try (Collector collector = FuzzedCollector.start(MAX_BODY, Duration.ofMinutes(1))) {
            for (byte[] block : List.of(zeros, json)) {
                assertRefused(collector, endpoint, length, block, "");
                String chunk = Integer.toHexString(BLOCK) + "\r\n" + new String(block, ISO_8859_1) + "\r\n";
                assertRefused(
                        collector, endpoint, "Transfer-Encoding: chunked\r\n", chunk.getBytes(ISO_8859_1), "0\r\n\r\n");
            }
        }
    }

    private static void assertRefused(Collector collector, Endpoint endpoint, String headers, byte[] block, String end)
            throws IOException {
        byte[] head = head("POST", endpoint.path(), type(endpoint) + headers + "\r\n");
        try (RawClient client = new RawClient(collector.port())) {
            long sent = client.stream(head, block, BLOCKS, end.getBytes(ISO_8859_1));
            Answer answer = client.answer();

            Answers.assertClear(answer, endpoint, Set.of(413), head);
            assertThat(sent).isLessThan(MAX_SENT);
            assertThat(client.connected()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void aBodyThatIsTooLargeByLittleLeavesItsConnectionOpen(Endpoint endpoint) throws IOException {
        byte[] large = Transports.request(endpoint.path(), type(endpoint), new byte[8 * MAX_BODY]);
        byte[] brotli = Transports.request(
                endpoint.path(), type(endpoint) + "Content-Encoding: br\r\n", new byte[8 * MAX_BODY]);
        byte[] good = Transports.request(
                endpoint.path(), type(endpoint), endpoint.bodies().get(0));
        try (Collector collector = FuzzedCollector.start(MAX_BODY, Duration.ofMinutes(1));
                RawClient client = new RawClient(collector.port())) {
            Answers.assertClear(client.send(large), endpoint, Set.of(413), large);
            assertThat(client.connected()).isTrue();
            Answers.assertClear(client.send(brotli), endpoint, Set.of(415), brotli);
            assertThat(client.connected()).isTrue();
            Answers.assertClear(client.send(good), endpoint, TAKEN, good);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void whoIsNotKnownIsToldSoOnTheSameConnection(Endpoint endpoint) throws IOException {
        byte[] unknown = ("POST " + endpoint.path() + " HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer vk_wrong\r\n"
                        + type(endpoint) + "Content-Length: " + 8 * MAX_BODY + "\r\n\r\n" + "x".repeat(8 * MAX_BODY))
                .getBytes(ISO_8859_1);
        try (Collector collector = FuzzedCollector.start(MAX_BODY, Duration.ofMinutes(1));
                RawClient client = new RawClient(collector.port())) {
            for (int i = 0; i < 3; i++) {
                Answers.assertClear(client.send(unknown), endpoint, Set.of(401), unknown);
                assertThat(client.connected()).isTrue();
            }
        }
    }

    /** Begins a body, and has seen that it is being read. */
    private static RawClient stopped(Collector collector, Endpoint endpoint) throws IOException {
        RawClient client = new RawClient(collector.port());
        client.begin(
                head("POST", endpoint.path(), type(endpoint) + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n"));
        assertThat(client.interim()).isEqualTo(100);
        client.begin(new byte[] {'{'});
        return client;
    }

    private static String type(Endpoint endpoint) {
        return "Content-Type: " + endpoint.mediaType() + "\r\n";
    }

    private static byte[] head(String method, String path, String rest) {
        return (method + " " + path + " HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer vk_test\r\n" + rest)
                .getBytes(ISO_8859_1);
    }
}
