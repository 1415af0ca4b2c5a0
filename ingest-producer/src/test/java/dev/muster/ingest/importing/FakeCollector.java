/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** A collector that takes transcripts, keeps what it took, and refuses as it is told. */
final class FakeCollector implements AutoCloseable {

    /**
     * An answer in place of the usual one.
     *
     * @param retryAfter the header's value, empty for none
     */
    record Scripted(int status, String body, String retryAfter) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final boolean keeps;
    private final List<JsonNode> lines = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Queue<Scripted> script = new ArrayDeque<>();
    private final AtomicLong taken = new AtomicLong();
    private String cluster = "";
    private int mostLines = Integer.MAX_VALUE;

    /** @param keeps whether lines are kept, or only counted */
    FakeCollector(boolean keeps) throws IOException {
        this.keeps = keeps;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/transcripts/claude-code", this::answer);
        server.createContext("/health", this::health);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized List<JsonNode> lines() {
        return List.copyOf(lines);
    }

    /** The decoded bytes of each request. */
    synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    long taken() {
        return taken.get();
    }

    synchronized void answerOnce(int status, String body, String retryAfter) {
        script.add(new Scripted(status, body, retryAfter));
    }

    /** Answers 413 to more lines than these. */
    synchronized void takeAtMost(int max) {
        mostLines = max;
    }

    /** Tells from now on that its events go to this Kafka cluster. */
    synchronized void sendTo(String other) {
        cluster = other;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void health(HttpExchange exchange) throws IOException {
        byte[] body = (cluster.isEmpty() ? "{}" : "{\"cluster\":\"" + cluster + "\"}").getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
        sizes.add(body.length);
        List<String> sent = new String(body, UTF_8).lines().toList();
        Scripted answer = script.poll();
        if (answer == null) {
            answer = sent.size() > mostLines ? new Scripted(413, "{}", "") : take(exchange, sent);
        }
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Scripted take(HttpExchange exchange, List<String> sent) throws IOException {
        if (!"Bearer vk_test".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !"application/x-ndjson".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return new Scripted(401, "{}", "");
        }
        taken.addAndGet(sent.size());
        if (keeps) {
            for (String line : sent) {
                lines.add(JSON.readTree(line));
            }
        }
        return new Scripted(202, "{\"accepted\":" + sent.size() + ",\"ignored\":0,\"refused\":[]}", "");
    }
}
