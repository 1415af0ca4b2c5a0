/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A schema registry of two requests, on a loopback port: schemas in the order they came, the first with the id 7. */
public final class TinyRegistry implements AutoCloseable {

    /** The id of the first schema. */
    public static final int FIRST_ID = 7;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile @Nullable Refusal refusal;

    private record Refusal(int status, String body) {}

    private TinyRegistry(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a port, 0 for any that is free. */
    public static TinyRegistry start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            TinyRegistry registry = new TinyRegistry(server);
            server.createContext("/", registry::answer);
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it listens, as the setting has it. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** It, as a client is told of it. */
    public RegistryConfig config() {
        return RegistryConfig.of(url(), Optional.empty());
    }

    /** What it was asked, each as method, path, and the authorization behind it. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Adds a schema and tells its id. */
    public synchronized int add(String schema) {
        int known = schemas.indexOf(schema);
        if (known >= 0) {
            return FIRST_ID + known;
        }
        schemas.add(schema);
        return FIRST_ID + schemas.size() - 1;
    }

    /** Answers everything so from now on. */
    public void refuseWith(int status, String body) {
        refusal = new Refusal(status, body);
    }

    /** Answers as it should again. */
    public void recover() {
        refusal = null;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String auth = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + path + (auth == null ? "" : " " + auth));
            Refusal refused = refusal;
            if (refused != null) {
                send(exchange, refused.status(), refused.body());
            } else if (exchange.getRequestMethod().equals("POST")) {
                String schema =
                        JSON.readTree(exchange.getRequestBody()).path("schema").textValue();
                send(
                        exchange,
                        200,
                        JSON.createObjectNode().put("id", add(schema)).toString());
            } else {
                int place = Integer.parseInt(path.substring("/schemas/ids/".length())) - FIRST_ID;
                boolean isKnown = place >= 0 && place < schemas.size();
                ObjectNode answer = isKnown
                        ? JSON.createObjectNode().put("schema", schemas.get(place))
                        : JSON.createObjectNode().put("error_code", 40_403).put("message", "Schema not found");
                send(exchange, isKnown ? 200 : 404, answer.toString());
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
