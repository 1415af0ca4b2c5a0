/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.query.json.Samples;
import dev.muster.query.permits.PermitGate;
import dev.muster.query.permits.ReadPermits;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API answers while every permit to read is held. */
class WaitingReadsTest {

    private static final int MAX = 2;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final List<String> WAITING =
            List.of("/v1/me/sessions/s-1", "/v1/me/agents", "/v1/me/sessions/s-1/", "/v1/me/sessions?sort=cost&q=%C3");
    private static final String HELD = "/v1/me/sessions/" + FakeReader.HELD;

    private final CountDownLatch released = new CountDownLatch(1);
    private Optional<Api> started = Optional.empty();

    @AfterEach
    void stop() {
        released.countDown();
        started.ifPresent(Api::close);
    }

    @Test
    void more_waiting_requests_than_the_server_has_threads_keep_no_other_from_its_answer() throws Exception {
        ReadPermits permits = new ReadPermits(MAX, 1000, LONG);
        Api api = start(permits);
        int waiting = api.maxServerThreads() + 10;
        List<CompletableFuture<HttpResponse<String>>> held = holdAll(api);
        List<CompletableFuture<HttpResponse<String>>> reads = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            reads.add(api.getLater(WAITING.get(i % WAITING.size())));
        }
        await().atMost(LONG).until(() -> permits.waiting() == waiting);

        assertThat(api.get("/health").statusCode()).isEqualTo(200);
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(api.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(permits.waiting()).isEqualTo(waiting);

        released.countDown();
        assertThat(held).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(404));
        assertThat(reads)
                .allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    }

    @Test
    void who_waits_too_long_is_told_to_come_again() throws Exception {
        Api api = start(new ReadPermits(MAX, 1000, Duration.ofMillis(1)));
        holdAll(api);

        assertRefused(api.get("/v1/me/sessions/s-1"));
        assertRefused(api.get("/v1/me/sessions?sort=cost"));
        assertRefused(api.send("GET", "/v1/me/events", "Accept", "text/csv"));
        assertThat(api.send("HEAD", "/v1/me/sessions/s-1").statusCode()).isEqualTo(503);
    }

    @Test
    void who_finds_the_queue_full_is_told_at_once() throws Exception {
        Api api = start(new ReadPermits(MAX, 0, LONG));
        holdAll(api);

        assertRefused(api.get("/v1/me/sessions/s-1"));
    }

    @Test
    void a_client_that_has_gone_leaves_its_place_to_another() throws Exception {
        ReadPermits permits = new ReadPermits(MAX, 1, LONG);
        Api api = start(permits);
        holdAll(api);
        try (Socket leaving = connected(api, "/v1/me/sessions/s-1")) {
            await().atMost(LONG).until(() -> permits.waiting() == 1);
            assertRefused(api.get("/v1/me/sessions/s-2"));
            assertThat(leaving.isConnected()).isTrue();
        }

        CompletableFuture<HttpResponse<String>> other = api.getLater("/v1/me/sessions/s-2");
        await().atMost(LONG).until(() -> {
            assertThat(other).isNotCompleted();
            return refused(api) == 2 && permits.waiting() == 1;
        });
        released.countDown();
        assertThat(other.join().statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_sends_no_more_is_answered_when_it_has_not_to_wait() throws Exception {
        Api api = start(new ReadPermits(MAX, 1, LONG));
        try (Socket client = connected(api, "/v1/me/sessions/s-1")) {
            client.shutdownOutput();

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"id\":\"s-1\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"format=csv&q=%", "q=%C3&format=csv", "format=csv&%=&limit="})
    void a_file_is_a_file_whatever_else_is_asked(String query) throws Exception {
        ReadPermits permits = new ReadPermits(1, 0, LONG);
        Api api = start(permits);
        api.accounts().audit(List.of(Samples.fact(Samples.event("s-1", "f-1"))));

        String file =
                api.raw("GET /v1/me/events?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(file).startsWith("HTTP/1.1 200 ").contains("text/csv");
        assertThat(permits.waiting()).isZero();
    }

    @Test
    void requests_that_were_sent_ahead_on_the_same_connection_are_answered_after_the_wait() throws Exception {
        ReadPermits permits = new ReadPermits(MAX, 1, LONG);
        Api api = start(permits);
        holdAll(api);
        try (Socket ahead = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            ahead.getOutputStream()
                    .write("GET /v1/me/sessions/s-1 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            await().atMost(LONG).until(() -> permits.waiting() == 1);
            ahead.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            // Who finds the queue full makes it look whether the one that waits is still there.
            assertRefused(api.get("/v1/me/sessions/s-2"));
            assertRefused(api.get("/v1/me/sessions/s-2"));
            released.countDown();

            assertThat(new String(ahead.getInputStream().readAllBytes(), UTF_8))
                    .contains("\"id\":\"s-1\"")
                    .endsWith("{\"status\":\"live\"}");
        }
    }

    @Test
    void a_file_waits_for_permits_on_no_thread_of_the_server() throws Exception {
        ReadPermits permits = new ReadPermits(MAX, 1000, LONG);
        Api api = start(permits);
        api.accounts().audit(List.of(Samples.fact(Samples.event("s-1", "f-1"))));
        holdAll(api);

        List<CompletableFuture<HttpResponse<String>>> files = new ArrayList<>();
        for (int i = 0; i < PermitGate.MAX_EXPORTS; i++) {
            files.add(api.getLater("/v1/me/events?format=ndjson"));
        }
        await().atMost(LONG).until(() -> permits.waiting() == files.size());
        assertRefused(api.get("/v1/me/events?format=ndjson"));
        assertThat(api.get("/health").statusCode()).isEqualTo(200);

        released.countDown();
        assertThat(files).allSatisfy(file -> assertThat(file.join().body()).contains("\"sessionId\":\"s-1\""));
    }

    /** Requests that have every permit until the latch is counted down. */
    private List<CompletableFuture<HttpResponse<String>>> holdAll(Api api) {
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            held.add(api.getLater(HELD));
        }
        await().atMost(LONG).until(() -> api.sessions().held() == MAX);
        return held;
    }

    /** How many requests were answered with 503. */
    private static double refused(Api api) throws Exception {
        return api.get("/metrics")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("muster_http_server_requests_seconds_count") && line.contains("status=\"503\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Socket connected(Api api, String path) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
        return socket;
    }

    private Api start(ReadPermits permits) {
        Api api = Api.start(permits, released);
        started = Optional.of(api);
        return api;
    }

    private static void assertRefused(HttpResponse<String> response) throws Exception {
        Api.assertProblem(response, 503, "unavailable", "Too much is being read at the moment; ask again.");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
}
