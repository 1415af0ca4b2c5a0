/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.muster.schemas.avro.HookEvent;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP over HTTP: what its clients are answered, in either encoding. */
class OtlpCollectorTest {

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestCollector collector = new TestCollector(Map.of("MUSTER_INGEST_MAX_BATCH_BYTES", "8192"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/logs", "/v1/traces", "/v1/metrics", "/v1/otel/logs"})
    void anEmptyRequestIsASuccessInItsEncoding(String path) throws Exception {
        HttpResponse<byte[]> json = post(path, JSON, "{}".getBytes(UTF_8));
        HttpResponse<byte[]> binary = post(path, PROTOBUF, new byte[0]);

        assertThat(List.of(json, binary))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(new String(json.body(), UTF_8)).isEqualTo("{}");
        assertThat(json.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(binary.body()).isEmpty();
        assertThat(binary.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/logs", "/v1/otel/logs"})
    void logRecordsReachKafka(String path) throws Exception {
        HttpResponse<byte[]> answer = post(path, PROTOBUF, request("s1").toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(collector.events()).extracting(HookEvent::getSessionId).containsExactly("s1");
        assertThat(new String(collector.kafka.history().get(0).key(), UTF_8)).isEqualTo("acme/s1");
    }

    @Test
    void aGzippedBodyIsReadAndABombIsNot() throws Exception {
        HttpResponse<byte[]> answer =
                post("/v1/logs", PROTOBUF, gzip(request("s1").toByteArray()), "Content-Encoding", "gzip");
        HttpResponse<byte[]> bomb = post("/v1/logs", PROTOBUF, gzip(new byte[1_000_000]), "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(collector.events()).hasSize(1);
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(message(bomb)).isEqualTo("The body must have at most 8192 bytes; send less at a time");
    }

    @Test
    void whatIsWrongWithARecordIsToldWhileTheOthersAreTaken() throws Exception {
        String tooLong = "s".repeat(201);
        String reason = "Record 1: session.id: Must have at most 200 characters";

        HttpResponse<byte[]> answer =
                post("/v1/logs", PROTOBUF, request("s1", tooLong, "s2").toByteArray());

        ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).isEqualTo(reason);
        assertThat(collector.events()).extracting(HookEvent::getSessionId).containsExactly("s1", "s2");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/logs,resourceLogs,scopeLogs,logRecords,rejectedLogRecords",
        "/v1/traces,resourceSpans,scopeSpans,spans,rejectedSpans"
    })
    void soItIsInJson(String path, String resource, String scope, String records, String count) throws Exception {
        String record = "{\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}},"
                + "{\"key\":\"session.id\",\"value\":{\"stringValue\":\"" + "s".repeat(201) + "\"}}]}";
        String body = "{\"%s\":[{\"%s\":[{\"%s\":[%s,%s]}]}]}".formatted(resource, scope, records, record, record);

        HttpResponse<byte[]> answer = post(path, JSON, body.getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo("{\"partialSuccess\":{\"errorMessage\":"
                        + "\"Record 0: session.id: Must have at most 200 characters; "
                        + "Record 1: session.id: Must have at most 200 characters\",\"" + count + "\":\"2\"}}");
        assertThat(collector.events()).isEmpty();
    }

    @Test
    void whatIsOfNoClientThatIsKnownIsToldToItsSender() throws Exception {
        String span = "{\"name\":\"charge card\",\"startTimeUnixNano\":\"1795363200000000000\"}";
        String body = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + span + "," + span + "]}]}]}";

        HttpResponse<byte[]> answer = post("/v1/traces", JSON, body.getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo("{\"partialSuccess\":{\"errorMessage\":\"Nothing here is of a client that is known, and"
                        + " nothing of it is counted: charge card (2)\",\"rejectedSpans\":\"0\"}}");
    }

    @Test
    void aBodyThatCannotBeReadIsToldWhy() throws Exception {
        HttpResponse<byte[]> json = post("/v1/traces", JSON, "{\"resourceSpans\":7}".getBytes(UTF_8));
        HttpResponse<byte[]> binary = post("/v1/traces", PROTOBUF, "{}".getBytes(UTF_8));

        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(new String(json.body(), UTF_8)).isEqualTo("{\"message\":\"resourceSpans: Expected an array\"}");
        assertThat(binary.statusCode()).isEqualTo(400);
        assertThat(message(binary)).startsWith("The body is not a valid ExportTraceServiceRequest in protobuf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/grpc", ""})
    void otherMediaTypesAreRefused(String mediaType) throws Exception {
        HttpResponse<byte[]> answer = post("/v1/logs", mediaType, "{}".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo("{\"message\":\"The body must be application/x-protobuf or application/json,"
                        + " as the header Content-Type tells\"}");
    }

    @Test
    void parametersOfTheMediaTypeAreNoMatter() throws Exception {
        assertThat(post("/v1/logs", "Application/JSON; charset=utf-8", "{}".getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherEncodingIsRefused() throws Exception {
        HttpResponse<byte[]> answer = post("/v1/logs", PROTOBUF, new byte[0], "Content-Encoding", "br");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
        assertThat(message(answer)).isEqualTo("The body must be sent with Content-Encoding gzip, or as it is");
    }

    @ParameterizedTest
    @CsvSource({"Bearer vk_other,invalid_key", "Basic x,missing_bearer"})
    void whoSendsIsAskedBeforeWhat(String authorization, String reason) throws Exception {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(collector.uri("/v1/logs"))
                        .header("Authorization", authorization)
                        .header("Content-Type", PROTOBUF)
                        .POST(BodyPublishers.ofString("no request"))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(message(answer)).isEqualTo("Send a known key as Authorization: Bearer vk_… (" + reason + ")");
    }

    @Test
    void whatIsNotDurableMayBeSentAgain() throws Exception {
        collector.kafka.sendException = new TimeoutException("the buffer is full");

        HttpResponse<byte[]> answer = post("/v1/logs", PROTOBUF, request("s1").toByteArray());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(message(answer)).isEqualTo("The event could not be made durable; send it again");
    }

    @Test
    void theRecordingIsTakenWhole() throws Exception {
        try (TestCollector roomy = new TestCollector(Map.of())) {
            for (String signal : List.of("logs", "traces", "metrics")) {
                for (String line : Fixtures.lines("claude-code/otlp-" + signal + ".ndjson")) {
                    String body = line.substring(line.indexOf("\"body\":") + 7, line.length() - 1);
                    HttpRequest request = HttpRequest.newBuilder(roomy.uri("/v1/" + signal))
                            .header("Authorization", "Bearer vk_test")
                            .header("Content-Type", JSON)
                            .POST(BodyPublishers.ofString(body))
                            .build();
                    assertThat(client.send(request, BodyHandlers.ofString()).body())
                            .isEqualTo("{}");
                }
            }
        }
    }

    private HttpResponse<byte[]> post(String path, String mediaType, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(collector.uri(path))
                .header("Authorization", "Bearer vk_test")
                .POST(BodyPublishers.ofByteArray(body));
        if (!mediaType.isEmpty()) {
            request.header("Content-Type", mediaType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** The message of a google.rpc.Status. */
    private static String message(HttpResponse<byte[]> answer) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        UnknownFieldSet status = UnknownFieldSet.parseFrom(answer.body());
        assertThat(status.asMap()).containsOnlyKeys(2);
        List<ByteString> message = status.getField(2).getLengthDelimitedList();
        return message.get(0).toStringUtf8();
    }

    /** A chat of each session. */
    private static ExportLogsServiceRequest request(String... sessions) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (String session : sessions) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .addAttributes(attribute("gen_ai.operation.name", "chat"))
                    .addAttributes(attribute("session.id", session)));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }
}
