/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.PrivacyLevel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector that is not ready answers, and what any collector refuses. */
class AnswersTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Collector collector = Collector.start(
            new CollectorConfig(
                    "127.0.0.1",
                    0,
                    "127.0.0.1:9",
                    ApiKeys.parse("vk_test=acme"),
                    4096,
                    65_536,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    RateLimit.GENEROUS,
                    Optional.empty(),
                    AgentNaming.DIRECTORY,
                    new Privacy(PrivacyLevel.STANDARD, Map.of(), false),
                    Optional.empty(),
                    Duration.ofDays(30),
                    new SpoolConfig(Path.of("unused"), 0, Duration.ofSeconds(30))),
            InstantSource.fixed(Fixtures.RECEIVED_AT),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            () -> Optional.of("The stores are being restored."),
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer()),
            ApiKeys.parse("vk_test=acme"),
            new FakeControls());

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/v1/nothing", "/v1/events"})
    void headIsAnsweredAsGetIs(String path) throws Exception {
        HttpResponse<String> get = send("GET", path, "");

        HttpResponse<String> head = send("HEAD", path, "");

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        for (String header : List.of("Content-Type", "Retry-After", "Allow")) {
            assertThat(head.headers().firstValue(header))
                    .isEqualTo(get.headers().firstValue(header));
        }
    }

    @Test
    void readinessIsToldAsTheApiTellsIt() throws Exception {
        HttpResponse<String> response = send("GET", "/health/ready", "");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.body()).startsWith("{\"error\":\"unavailable\",\"message\":\"");
    }

    @ParameterizedTest
    @CsvSource({"GET,/v1/events,POST", "DELETE,/v1/hooks/claude-code,POST", "POST,/health,'GET, HEAD'"})
    void anotherMethodIsToldWhichMayBeUsed(String method, String path, String allowed) throws Exception {
        HttpResponse<String> response = send(method, path, "");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"method_not_allowed\",\"message\":\"" + method + " is not answered here; use "
                        + allowed + ".\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /%zz HTTP/1.1,400",
        "GET /health/%00 HTTP/1.1,400",
        "GET /?x=LONG HTTP/1.1,414",
        "GET /health HTTP/1.1|X-Long: LONG,431",
        "GET /health HTTP/9,505",
        "what,400"
    })
    void whatCannotBeReadIsToldInJson(String request, int status) throws IOException {
        String answer = raw(request.replace("|", "\r\n").replace("LONG", "x".repeat(20_000))
                + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/json")
                .contains("\r\n\r\n{\"error\":\"invalid_request\",\"message\":\"")
                .endsWith(".\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "events | {'agentId':'b@'} | agentId",
                "events | {'agentId':'b','traceId':'@'} | traceId",
                "events | {'agentId':'b','metadata':{'sessionId':'s@1'}} | metadata,sessionId",
                "events | {'agentId':'b','metadata':{'traceId':'t@'}} | metadata,traceId",
                "events | {'agentId':'b','metadata':{'toolUseId':'@t'}} | metadata,toolUseId",
                "hooks/claude-code | {'session_id':'s@','hook_event_name':'Stop'} | session_id",
                "hooks/claude-code | {'session_id':'s','hook_event_name':'Stop','prompt_id':'@'} | prompt_id",
                "hooks/claude-code | {'session_id':'s','hook_event_name':'Stop','agent_id':'@'} | agent_id",
                "hooks/claude-code | {'session_id':'s','hook_event_name':'Stop','tool_use_id':'@'} | tool_use_id"
            },
            quoteCharacter = '`')
    void anIdThatNoAddressCanHoldIsRefused(String path, String body, String where) throws Exception {
        HttpResponse<String> response =
                send("POST", "/v1/" + path, body.replace('\'', '"').replace("@", "\\u0000"));

        assertIssue(response, "Must not hold the character U+0000", where);
    }

    @ParameterizedTest
    @CsvSource({
        "1795363200,Expected milliseconds since 1970; this looks like seconds",
        "1795363200.25,Expected milliseconds since 1970; this looks like seconds",
        "99999999999,Expected milliseconds since 1970; this looks like seconds",
        "1,Expected milliseconds since 1970; this looks like seconds",
        "0,'Must be from 100000000000 to 253402300799999, received 0'",
        "-5,'Must be from 100000000000 to 253402300799999, received -5'"
    })
    void aTimestampThatIsNotInMillisecondsIsRefused(String timestamp, String message) throws Exception {
        assertIssue(
                send("POST", "/v1/events", "{\"agentId\":\"b\",\"timestamp\":" + timestamp + "}"),
                message,
                "timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "identity, gzip"})
    void aBodyInAnotherEncodingIsRefused(String encoding) throws Exception {
        HttpResponse<String> response = send("POST", "/v1/events", "{\"agentId\":\"\"}", "Content-Encoding", encoding);

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
        assertThat(response.body())
                .isEqualTo("{\"error\":\"unsupported_encoding\","
                        + "\"message\":\"The body must be sent with Content-Encoding gzip, or as it is\"}");
    }

    @Test
    void aBodyThatIsNotTheGzipItIsSaidToBeIsRefused() throws Exception {
        assertIssue(
                send("POST", "/v1/events", "{\"agentId\":\"\"}", "Content-Encoding", "gzip"),
                "The body is not valid gzip",
                null);
    }

    @Test
    void aBodyThatIsSaidToBeAsItIsIsRead() throws Exception {
        assertIssue(send("POST", "/v1/events", "{}", "Content-Encoding", "identity"), "Required", "agentId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':NaN} | The body is not valid JSON at line 1, column 9 |",
                "{'a':1,} | The body is not valid JSON at line 1, column 8 |",
                "{'a':DIGITS} | The body holds too many values, or a number or a name that is too long | a",
                "{'a':DEEP} | The body nests deeper than 64 levels | a"
            })
    void aBodyThatCannotBeReadIsToldInOurWords(String body, String message, String where) throws Exception {
        String json = body.replace('\'', '"').replace("DEEP", "[".repeat(64)).replace("DIGITS", "1".repeat(1001));

        assertIssue(send("POST", "/v1/events", json), message, where);
    }

    private static void assertIssue(HttpResponse<String> response, String message, @Nullable String where) {
        String path = where == null ? "" : "\"" + where.replace(",", "\",\"") + "\"";
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"details\":[{\"message\":\"" + message + "\",\"path\":[" + path
                        + "]}],\"error\":\"validation_failed\"}");
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + path))
                .header("Authorization", "Bearer vk_test")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), collector.port());
                InputStream response = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(response.readAllBytes(), UTF_8);
        }
    }
}
