/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.query.json.Json;
import dev.muster.query.json.Samples;
import dev.muster.query.json.SessionJson;
import dev.muster.query.json.TraceJson;
import dev.muster.schemas.settings.InvalidSettingException;
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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class QueryServiceTest {

    private static final String STRANGE_ID = "a/b c%é";
    private static final List<String> IDS = new ArrayList<>(List.of(STRANGE_ID, "..", "x;y=1?z#w\\+&", "日本 🦊"));

    static {
        IntStream.range(0, 600).forEach(n -> IDS.add("s-" + n));
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<Optional<String>> notReady = new AtomicReference<>(Optional.empty());
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private QueryService service;

    @BeforeEach
    void start() {
        service = QueryService.start(
                new QueryConfig("127.0.0.1", 0, "local"),
                new FakeReader("local", IDS),
                InstantSource.fixed(Samples.START),
                registry,
                notReady::get);
    }

    @AfterEach
    void stop() {
        service.close();
        registry.close();
    }

    @Test
    void sessionsComeInPages() throws Exception {
        JsonNode first = json(get("/v1/me/sessions?limit=2"));
        JsonNode second = json(
                get("/v1/me/sessions?limit=2&cursor=" + first.get("nextCursor").textValue()));
        JsonNode last = json(get("/v1/me/sessions?cursor=600"));

        assertThat(ids(first.get("sessions"))).containsExactly(STRANGE_ID, "..");
        assertThat(ids(second.get("sessions"))).containsExactly("x;y=1?z#w\\+&", "日本 🦊");
        assertThat(ids(last.get("sessions"))).containsExactly("s-596", "s-597", "s-598", "s-599");
        assertThat(last.get("nextCursor").isNull()).isTrue();
        assertThat(first.fieldNames()).toIterable().containsExactly("sessions", "nextCursor");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 50",
        "?limit=1, 1",
        "?limit=0, 1",
        "?limit=-7, 1",
        "?limit=500, 500",
        "?limit=501, 500",
        "?limit=99999999999999999999, 500",
        "?limit=3&cursor=, 3"
    })
    void aLimitIsBroughtWithinItsBounds(String query, int expected) throws Exception {
        assertThat(json(get("/v1/me/sessions" + query)).get("sessions")).hasSize(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "", "1.5", "%201", "0x10"})
    void aLimitThatIsNoNumberIsRefused(String limit) throws Exception {
        assertProblem(
                get("/v1/me/sessions?limit=" + limit),
                400,
                "invalid_request",
                "limit must be a whole number from 1 to 500.");
    }

    @Test
    void aSessionIsAnsweredAsItIsInTheList() throws Exception {
        HttpResponse<String> response = get("/v1/me/sessions/s-7");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo(new String(Json.write(SessionJson.of(Samples.session("s-7"))), UTF_8));
        assertThat(get("/v1/me/sessions?limit=1&cursor=11").body()).contains(response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {STRANGE_ID, "..", "x;y=1?z#w\\+&", "日本 🦊"})
    void anIdMayHoldAnyCharacter(String id) throws Exception {
        String path = "/v1/me/sessions/" + encoded(id);

        assertThat(json(get(path)).get("id").textValue()).isEqualTo(id);
        assertThat(json(get(path + "/traces")).get("traces")).hasSize(2);
        assertThat(json(get(path + "/traces/t%2F2")).get("id").textValue()).isEqualTo("t/2");
        assertThat(json(get(path + "/events")).get("events")).hasSize(6);
    }

    @Test
    void aPlusInAPathIsAPlus() throws Exception {
        assertProblem(get("/v1/me/sessions/a+b"), 404, "not_found", "There is no session «a+b».");
    }

    @Test
    void tracesComeInPages() throws Exception {
        JsonNode first = json(get("/v1/me/sessions/s-1/traces?limit=1"));
        JsonNode second = json(get("/v1/me/sessions/s-1/traces?limit=1&cursor=1"));

        assertThat(ids(first.get("traces"))).containsExactly("t/1");
        assertThat(first.get("nextCursor").textValue()).isEqualTo("1");
        assertThat(ids(second.get("traces"))).containsExactly("t/2");
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aTraceHasItsFiguresAndAPageOfItsEvents() throws Exception {
        String body = get("/v1/me/sessions/s-1/traces/t%2F2?limit=2&cursor=1").body();
        String figures = new String(Json.write(TraceJson.of(Samples.trace("t/2"))), UTF_8)
                .replace("\"events\":51", "\"eventCount\":51");

        assertThat(body).startsWith(figures.substring(0, figures.length() - 1) + ",\"events\":[{");
        assertThat(json(body).get("events")).hasSize(2);
        assertThat(json(body).get("events").get(0).get("traceId").textValue()).isEqualTo("t/2");
        assertThat(json(body).get("nextCursor").isNull()).isTrue();
        assertThat(json(get("/v1/me/sessions/s-1/traces/t%2F2?limit=2"))
                        .get("nextCursor")
                        .textValue())
                .isEqualTo("2");
    }

    @Test
    void eventsComeInPages() throws Exception {
        JsonNode page = json(get("/v1/me/sessions/s-1/events?limit=4&cursor=1"));

        assertThat(page.get("events")).hasSize(4);
        assertThat(page.get("events").get(3).get("traceId").textValue()).isEqualTo("t/2");
        assertThat(page.get("nextCursor").textValue()).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/traces", "/events"})
    void anUnknownSessionIsNotFound(String what) throws Exception {
        assertProblem(get("/v1/me/sessions/none" + what), 404, "not_found", "There is no session «none».");
    }

    @Test
    void anUnknownTraceIsNotFound() throws Exception {
        assertProblem(
                get("/v1/me/sessions/s-1/traces/t%2F9"),
                404,
                "not_found",
                "There is no trace «t/9» in a session «s-1».");
    }

    @Test
    void anotherAccountsSessionsAreNotFound() throws Exception {
        try (QueryService other = QueryService.start(
                new QueryConfig("127.0.0.1", 0, "other"),
                new FakeReader("local", IDS),
                InstantSource.fixed(Samples.START),
                registry,
                Optional::empty)) {
            assertThat(get(other.port(), "/v1/me/sessions").body()).isEqualTo("{\"sessions\":[],\"nextCursor\":null}");
            assertThat(get(other.port(), "/v1/me/sessions/s-1").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me/sessions", "/v1/me/sessions/s-1/traces", "/v1/me/sessions/s-1/events"})
    void aForeignCursorIsRefused(String path) throws Exception {
        assertProblem(get(path + "?cursor=x"), 400, "invalid_cursor", "The cursor «x» is none of this list's.");
    }

    @Test
    void storesThatAreNotReadyAreToBeAskedAgain() throws Exception {
        HttpResponse<String> response = get("/v1/me/sessions/" + FakeReader.RESTORING);

        assertProblem(response, 503, "unavailable", "The stores are being restored.");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {FakeReader.BROKEN, FakeReader.EXHAUSTED})
    void whatNobodyForesawIsLoggedOnceAndToldWithoutItsInside(String id) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            assertProblem(
                    get("/v1/me/sessions/" + id),
                    500,
                    "internal",
                    "Something failed here, and not by your request; the service's log tells what.");
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        assertProblem(get("/v1/nothing"), 404, "not_found", "Endpoint GET /v1/nothing not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void anotherMethodIsNotAllowed(String method) throws Exception {
        HttpResponse<String> response = send(method, "/v1/me/sessions/s-1");

        assertProblem(response, 405, "method_not_allowed", method + " is not answered here; use GET.");
        assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me/sessions/%FF", "/v1/me/sessions/%zz", "/v1/me//sessions", "/v1/me/sessions/%"})
    void aMalformedPathIsToldInJson(String path) throws IOException {
        String response = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(response)
                .startsWith("HTTP/1.1 400 ")
                .contains("application/json")
                .contains("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/v1/me/sessions", "/v1/me/sessions/s-1"})
    void theHeadOfWhatCanBeReadIsAnswered(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(service.port(), path))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    @Test
    void anAuthorizationHeaderIsIgnored() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(service.port(), "/v1/me/sessions/s-1"))
                .header("Authorization", "Bearer nonsense")
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsTold() throws Exception {
        assertThat(get("/health").body()).isEqualTo("{\"status\":\"ok\",\"service\":\"muster-query\",\"uptime\":0.0}");
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aServiceThatIsNotReadySaysWhy() throws Exception {
        notReady.set(Optional.of("The stores are being restored."));

        assertProblem(get("/health/ready"), 503, "unavailable", "The stores are being restored.");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsNameRoutesAndNeverIds() throws Exception {
        get("/v1/me/sessions/s-1");
        get("/v1/me/sessions/none");
        get("/v1/nothing");

        assertThat(get("/metrics").headers().firstValue("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains(count("/v1/me/sessions/{id}", 200))
                .contains(count("/v1/me/sessions/{id}", 404))
                .contains(count("none", 404))
                .doesNotContain("s-1"));
    }

    @Test
    void aTakenPortIsToldInOneSentence() {
        assertThatThrownBy(() -> QueryService.start(
                        new QueryConfig("127.0.0.1", service.port(), "local"),
                        new FakeReader("local", IDS),
                        InstantSource.fixed(Samples.START),
                        registry,
                        Optional::empty))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Port " + service.port()
                        + " of 127.0.0.1 is taken; choose another with MUSTER_QUERY_PORT or --port.");
    }

    @Test
    void aClosedServiceGivesItsPortBack() throws Exception {
        int port = service.port();
        service.close();

        try (QueryService next = QueryService.start(
                new QueryConfig("127.0.0.1", port, "local"),
                new FakeReader("local", IDS),
                InstantSource.fixed(Samples.START),
                registry,
                Optional::empty)) {
            assertThat(get(next.port(), "/health/live").statusCode()).isEqualTo(200);
        }
    }

    private static String count(String route, int status) {
        return "muster_http_server_requests_seconds_count{method=\"GET\",route=\"" + route + "\",status=\"" + status
                + "\"} 1";
    }

    private static void assertProblem(HttpResponse<String> response, int status, String error, String message)
            throws IOException {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response)).isEqualTo(Json.object().put("error", error).put("message", message));
    }

    private static List<String> ids(JsonNode items) {
        List<String> ids = new ArrayList<>();
        items.forEach(item -> ids.add(item.get("id").textValue()));
        return ids;
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return json(response.body());
    }

    private static JsonNode json(String body) throws IOException {
        return new ObjectMapper().readTree(body);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20").replace(".", "%2E");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(service.port(), path);
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(service.port(), path))
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
                InputStream response = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(response.readAllBytes(), UTF_8);
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
