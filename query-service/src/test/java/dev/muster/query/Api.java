/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.query.auth.Caller;
import dev.muster.query.commands.CommandService;
import dev.muster.query.commands.TestEvents;
import dev.muster.query.json.Json;
import dev.muster.query.json.Samples;
import dev.muster.query.keys.ApiKeyService;
import dev.muster.query.permits.ReadPermits;
import dev.muster.query.routes.ApiServices;
import dev.muster.schemas.Topics;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.keys.ApiKeyDirectory;
import dev.muster.server.kafka.RecordWriter;
import dev.muster.streams.model.AccountZones;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The API on a free port before sessions in memory, and a client of it. */
final class Api implements AutoCloseable {

    static final String STRANGE_ID = "a/b c%é";

    /** Four ids that need encoding, then {@code s-0} to {@code s-599}. */
    static final List<String> IDS = Stream.concat(
                    Stream.of(STRANGE_ID, "..", "x;y=1?z#w\\+&", "日本 🦊"),
                    IntStream.range(0, 600).mapToObj(n -> "s-" + n))
            .toList();

    /** The headers that name a request's caller to the tests' service; without them it is the user local of local. */
    static final String ACCOUNT = "X-Test-Account";

    static final String USER = "X-Test-User";

    /** How many partitions the commands of agents have. */
    static final int PARTITIONS = 6;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ApiKeyDirectory directory = new ApiKeyDirectory();
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AgentControls controls = new AgentControls();
    private final FakeReader sessions;
    private final FakeAccountReader accounts = new FakeAccountReader("local", IDS, controls);
    private final AtomicReference<Optional<String>> notReady = new AtomicReference<>(Optional.empty());
    private final QueryService service;

    private Api(QueryConfig config, ReadPermits permits, CountDownLatch released) {
        sessions = new FakeReader("local", IDS, released);
        controls.complete();
        RecordWriter writer = new RecordWriter(kafka);
        InstantSource clock = InstantSource.fixed(Samples.START);
        service = QueryService.start(
                config,
                Api::caller,
                new ApiServices(
                        sessions,
                        accounts,
                        new ApiKeyService(directory, writer, clock, () -> {}),
                        new CommandService(controls, writer, clock),
                        new TestEvents(writer, clock),
                        AccountZones.all(ZoneId.of("Europe/Berlin")),
                        Duration.ofDays(30)),
                clock,
                registry,
                notReady::get,
                permits);
    }

    private static Caller caller(Context request) {
        return new Caller(
                Optional.ofNullable(request.header(ACCOUNT)).orElse("local"),
                Optional.ofNullable(request.header(USER)).orElse("local"));
    }

    private static Cluster cluster() {
        Node node = new Node(0, "127.0.0.1", 9092);
        Node[] nodes = {node};
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .boxed()
                .flatMap(n -> Stream.of(Topics.AGENT_COMMANDS, Topics.HOOK_EVENTS, Topics.SESSION_COMMANDS)
                        .map(topic -> new PartitionInfo(topic, n, node, nodes, nodes)))
                .toList();
        return new Cluster("mock", List.of(node), partitions, Set.of(), Set.of());
    }

    static Api start() {
        return start(0);
    }

    static Api start(int port) {
        return new Api(new QueryConfig("127.0.0.1", port, "local"), new ReadPermits(), new CountDownLatch(0));
    }

    /**
     * Starts one that reads with certain permits.
     *
     * @param released what readings of {@link FakeReader#HELD} wait for
     */
    static Api start(ReadPermits permits, CountDownLatch released) {
        return new Api(new QueryConfig("127.0.0.1", 0, "local"), permits, released);
    }

    int maxServerThreads() {
        return service.maxServerThreads();
    }

    int port() {
        return service.port();
    }

    /** What the API knows of the keys that were issued, as if it followed their topic. */
    ApiKeyDirectory directory() {
        return directory;
    }

    /** Where the API writes keys to. */
    MockProducer<byte[], byte[]> kafka() {
        return kafka;
    }

    /** What the API asks of single sessions. */
    FakeReader sessions() {
        return sessions;
    }

    /** What the API asks of an account. */
    FakeAccountReader accounts() {
        return accounts;
    }

    /** What holds for the agents, as if the API followed their commands. */
    AgentControls controls() {
        return controls;
    }

    void notReady(String because) {
        notReady.set(Optional.of(because));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        return sendBody(method, path, "", headers);
    }

    HttpResponse<String> sendBody(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a request that a client would refuse to make, and reads until the service closes. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
                InputStream response = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(response.readAllBytes(), UTF_8);
        }
    }

    @Override
    public void close() {
        service.close();
        registry.close();
    }

    static void assertProblem(HttpResponse<String> response, int status, String error, String message)
            throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response)).isEqualTo(Json.object().put("error", error).put("message", message));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    static List<String> ids(JsonNode items) {
        List<String> ids = new ArrayList<>();
        items.forEach(item -> ids.add(item.get("id").textValue()));
        return ids;
    }

    /** An id as a path segment. */
    static String encoded(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20").replace(".", "%2E");
    }
}
