/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {

    private record Received(String path, String authorization, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer collector;
    private volatile int status = 202;
    private volatile String told = "";

    DemoTest() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", this::answer);
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void postsWithTheKeyAndAgainWhatWasNotTaken() {
        try (Demo demo = demo()) {
            assertThat(demo).isNotNull();
            await().until(() -> received.size() > 50);
        }
        assertThat(received).allMatch(post -> post.authorization().equals("Bearer vk_test"));
        assertThat(received).allMatch(post -> post.path().equals("/v1/events"));
        // The first two were answered 503, the others taken.
        assertThat(received.get(0)).isEqualTo(received.get(1)).isEqualTo(received.get(2));
        assertThat(received.subList(2, received.size())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "202 | {'accepted':true,'paused':true,'stopReason':'over budget'}",
                "200 | {'continue':false,'stopReason':'over budget'}",
                "410 | {'error':'agent_deleted'}"
            })
    void anAgentThatIsToldToStopEndsItsSession(int answered, String body) {
        status = answered;
        told = body.replace('\'', '"');
        try (Demo demo = demo()) {
            assertThat(demo).isNotNull();
            await().until(() -> received.size() > 50);
        }
        assertThat(received.subList(2, received.size()))
                .extracting(post -> new ObjectMapper()
                        .readTree(post.body())
                        .at("/metadata/sessionId")
                        .textValue())
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    private Demo demo() {
        URI address = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
        return Demo.start(address, "vk_test", InstantSource.system(), 7, Duration.ofMillis(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int seen = received.size();
        received.add(new Received(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Authorization"), body));
        byte[] answer = told.getBytes(UTF_8);
        exchange.sendResponseHeaders(seen < 2 ? 503 : status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
