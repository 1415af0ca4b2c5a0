/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.event;
import static dev.muster.ingest.otlp.Telemetry.log;
import static dev.muster.ingest.otlp.Telemetry.logs;
import static dev.muster.ingest.otlp.Telemetry.protobuf;
import static dev.muster.ingest.otlp.Telemetry.read;
import static dev.muster.ingest.otlp.Telemetry.span;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSourceTest {

    private static final OtlpSource LOGS = OtlpSource.logs();
    private static final OtlpSource TRACES = OtlpSource.traces();
    private static final Map<String, String> CHAT = Map.of("gen_ai.operation.name", "chat", "session.id", "s1");
    private static final long TIME = 1_795_363_200_000L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resourceLogs\":[]}",
                "{\"resourceLogs\":[{}]}",
                "{\"resourceLogs\":null}",
                "{\"resource_logs\":[],\"x\":1}"
            })
    void anEmptyRequestTellsNothing(String json) {
        assertThat(read(LOGS, json)).isEqualTo(MappedBody.EMPTY);
    }

    @Test
    void anEmptyBodyInBinaryIsAnEmptyRequest() throws Exception {
        assertThat(TRACES.read(protobuf(new byte[0]))).isEqualTo(MappedBody.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hello\":1}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"chat\"}]}]}]}",
                "{\"logs\":[{\"body\":\"x\"}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"msg\":\"x\"},{}]}]}]}"
            })
    void aBodyInWhichNothingIsOfTheRequestIsTold(String json) {
        assertThat(Fixtures.issues(LOGS, json))
                .containsExactly(Issue.at("Nothing in the body is of an ExportLogsServiceRequest, which has"
                        + " resourceLogs; spans go to /v1/traces, log records to /v1/logs, metrics to /v1/metrics"));
    }

    @Test
    void spansInBinaryAreNoLogRecords() throws Exception {
        byte[] spans = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder()
                                        .setTraceId(ByteString.copyFrom(new byte[16]))
                                        .setStartTimeUnixNano(1)
                                        .setEndTimeUnixNano(2))))
                .build()
                .toByteArray();

        assertThat(catchThrowableOfType(InvalidBodyException.class, () -> LOGS.read(protobuf(spans))))
                .isNotNull();
    }

    @Test
    void norAreLogRecordsInBinarySpans() {
        String log =
                logs("\"timeUnixNano\":\"1795363200000000000\",\"body\":{\"stringValue\":\"claude_code.user_prompt\"}");
        byte[] binary = Telemetry.binary(log, ExportLogsServiceRequest.newBuilder());

        assertThat(catchThrowableOfType(InvalidBodyException.class, () -> TRACES.read(protobuf(binary))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"eventName\":\"codex.user_prompt\"",
                "\"severityText\":\"INFO\"",
                "\"severityNumber\":9",
                "\"body\":{\"stringValue\":\"x\"}",
                "\"observedTimeUnixNano\":\"1\""
            })
    void aRecordNeedsLittleToBeOne(String field) {
        assertThat(read(LOGS, logs(field)).refused()).isEmpty();
    }

    @Test
    void fieldsMayHaveTheNamesThatProtobufGivesThem() {
        String camel = logs(
                log(Map.of("session.id", "s1", "event.name", "codex.user_prompt"), "\"body\":{\"stringValue\":\"x\"}"));
        String snake = camel.replace("resourceLogs", "resource_logs")
                .replace("scopeLogs", "scope_logs")
                .replace("logRecords", "log_records")
                .replace("stringValue", "string_value")
                .replace("timeUnixNano", "time_unix_nano");

        assertThat(snake).contains("resource_logs", "log_records", "string_value");
        assertThat(read(LOGS, snake)).isEqualTo(read(LOGS, camel));
    }

    @Test
    void whatNobodyUnderstandsIsCountedByItsName() {
        String json = logs(
                log(Map.of("event.name", "cart.filled")),
                log(Map.of(), "\"eventName\":\"cart.filled\""),
                log(Map.of(), "\"body\":{\"stringValue\":\"cart.emptied\"}"),
                log(Map.of(), "\"body\":{\"stringValue\":\"a line of text\"}"),
                log(Map.of()));

        assertThat(read(LOGS, json).ignored()).isEqualTo(Map.of("cart.filled", 2, "cart.emptied", 1, "unnamed", 2));
    }

    @Test
    void otherMediaTypesAreRefused() {
        Incoming text =
                new Incoming("local", Optional.empty(), Fixtures.RECEIVED_AT, "text/plain", "{}".getBytes(UTF_8));

        assertThat(issues(LOGS, text))
                .containsExactly(Issue.at("The body must be application/x-protobuf or application/json,"
                        + " as the header Content-Type tells"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'resourceLogs':{}} | resourceLogs | Expected an array",
                "{'resourceLogs':[3]} | resourceLogs,0 | Expected an object",
                "{'resourceLogs':[{'schemaUrl':3}]} | resourceLogs,0,schemaUrl | Expected a string",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'timeUnixNano':'noon'}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,timeUnixNano | Expected a whole number",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'timeUnixNano':1.5}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,timeUnixNano | Expected a whole number",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'traceId':'xyz'}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,traceId | Expected hexadecimal digits",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'severityNumber':'LOUD'}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,severityNumber |"
                        + " Expected the number of a SeverityNumber",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'body':{'bytesValue':'?'}}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,body,bytesValue | Expected base64",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'body':{'boolValue':'yes'}}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,body,boolValue | Expected true or false",
                "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'body':{'doubleValue':'much'}}]}]}]} |"
                        + " resourceLogs,0,scopeLogs,0,logRecords,0,body,doubleValue | Expected a number"
            })
    void aValueThatDoesNotFitIsToldWithItsPath(String json, String path, String message) {
        assertThat(issues(LOGS, Fixtures.request(json.replace('\'', '"'))))
                .containsExactly(new Issue(List.of(path.split(",")), message));
    }

    @Test
    void fieldsThatAreNotKnownAreLeftOut() {
        String json = logs(log(CHAT, "\"mood\":{\"x\":[1,{}]}")).replaceFirst("\\{", "{\"later\":true,");

        assertThat(event(LOGS, json).getSessionId()).isEqualTo("s1");
    }

    @Test
    void jsonNestedDeepIsRefused() {
        String deep = "{\"arrayValue\":{\"values\":[".repeat(10_000) + "{}" + "]}}".repeat(10_000);

        assertThat(issues(LOGS, Fixtures.request(logs("\"body\":" + deep))))
                .containsExactly(Issue.at("The body nests deeper than 64 levels", "resourceLogs"));
    }

    @Test
    void protobufNestedDeepIsRefused() {
        ByteString value = ByteString.EMPTY;
        for (int level = 0; level < 10_000; level++) {
            value = field(5, field(1, value)); // AnyValue.array_value, ArrayValue.values
        }
        ByteString record = field(5, value);

        assertThat(issues(LOGS, protobuf(request(record)))).containsExactly(unreadable("ExportLogsServiceRequest"));
    }

    @Test
    void damagedProtobufIsRefused() {
        assertThat(issues(TRACES, protobuf(new byte[] {10, 127, 1})))
                .containsExactly(unreadable("ExportTraceServiceRequest"));
        assertThat(issues(OtlpSource.metrics(), protobuf("{}".getBytes(UTF_8))))
                .containsExactly(unreadable("ExportMetricsServiceRequest"));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        ByteString body = field(1, ByteString.copyFrom(new byte[] {(byte) 0xC3, 0x28})); // AnyValue.string_value

        assertThat(issues(LOGS, protobuf(request(field(5, body)))))
                .containsExactly(unreadable("ExportLogsServiceRequest"));
        byte[] json = logs(log(Map.of("key", "?"))).getBytes(UTF_8);
        for (int i = 0; i < json.length; i++) {
            json[i] = json[i] == '?' ? (byte) 0xC3 : json[i];
        }
        Incoming incoming = new Incoming("local", Optional.empty(), Fixtures.RECEIVED_AT, "application/json", json);
        assertThat(issues(LOGS, incoming))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).startsWith("The body is not valid JSON"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.id", "gen_ai.conversation.id"})
    void aRecordWhoseSessionIsNoKeyIsRefusedAlone(String attribute) {
        Map<String, String> tooLong = Map.of("gen_ai.operation.name", "chat", attribute, "s".repeat(201));
        Map<String, String> longest = Map.of("gen_ai.operation.name", "chat", attribute, "s".repeat(200));

        MappedBody mapped = read(LOGS, logs(log(longest), log(tooLong), log(CHAT)));

        assertThat(mapped.events()).extracting(HookEvent::getSessionId).containsExactly("s".repeat(200), "s1");
        assertThat(mapped.refused())
                .containsExactly(Refusal.invalid(1, List.of(Issue.at("Must have at most 200 characters", attribute))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.id", "gen_ai.response.id"})
    void aRecordWithAnIdThatNoAddressCanHoldIsRefusedAlone(String attribute) {
        Map<String, String> nul = Map.of("gen_ai.operation.name", "chat", attribute, "a\0b");

        MappedBody mapped = read(LOGS, logs(log(nul), log(CHAT)));

        assertThat(mapped.events()).hasSize(1);
        assertThat(mapped.refused())
                .containsExactly(
                        Refusal.invalid(0, List.of(Issue.at("No id or agent's name may hold the character U+0000"))));
    }

    @Test
    void aRecordWithoutSessionBelongsToItsAgent() {
        HookEvent event = event(LOGS, logs(log(Map.of("gen_ai.operation.name", "chat"))));

        assertThat(event.getSessionId()).isNull();
        assertThat(event.getAgentLabel()).isEqualTo("shop-agent");
        assertThat(event.getAgentLabelRank()).isEqualTo(LabelRank.SERVICE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'timeUnixNano':'1795363200000000000','observedTimeUnixNano':'1795363300000000000'",
                "'timeUnixNano':1795363200000000000",
                "'timeUnixNano':'0','observedTimeUnixNano':'1795363200000000000'",
                "'timeUnixNano':'-5','observedTimeUnixNano':'1795363200000000000'",
                "'timeUnixNano':'5','observedTimeUnixNano':'1795363200000000000'",
                "'timeUnixNano':'253402300799000000000','observedTimeUnixNano':'1795363200000000000'",
                "'attributes':[{'key':'event.timestamp','value':{'stringValue':'2026-11-22T16:00:00Z'}}]"
            })
    void aLogRecordsTimeIsTheFirstThatCanBe(String fields) {
        assertThat(record(fields).times().start()).isEqualTo(TIME);
        assertThat(record(fields).times().end()).isEqualTo(TIME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'timeUnixNano':1e3",
                "'timeUnixNano':18446744073709551615",
                "'timeUnixNano':99999999999999999999999",
                "'attributes':[{'key':'event.timestamp','value':{'stringValue':'-1000000-01-01T00:00:00Z'}}]",
                "'attributes':[{'key':'event.timestamp','value':{'stringValue':'+10000-01-01T00:00:00Z'}}]",
                "'attributes':[{'key':'event.timestamp','value':{'stringValue':'noon'}}]"
            })
    void aTimeThatCannotBeIsThatOfTheReceipt(String fields) {
        assertThat(record(fields).times().start()).isEqualTo(Fixtures.RECEIVED_AT.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "1795363200000000000,1795363201500400000,0,1500,1500",
        "1795363200000000000,1795363200000500000,0,0,1",
        "1795363201500000000,1795363200000000000,1500,1500,0",
        "0,1795363201500000000,1500,1500,0",
        "1795363200000000000,0,0,0,0",
        "1795363200000000000,-1,0,0,0"
    })
    void aSpanNeverEndsBeforeItsStart(String start, String end, long startAfter, long endAfter, long duration) {
        String json = span(Map.of())
                .replace(Telemetry.TIME, "START")
                .replace(Telemetry.END, end)
                .replace("START", start);

        TelemetryRecord.Times times = Telemetry.spans(json).get(0).times();

        assertThat(times.start() - TIME).isEqualTo(startAfter);
        assertThat(times.end() - TIME).isEqualTo(endAfter);
        assertThat(times.durationMs()).isEqualTo(duration);
    }

    private static TelemetryRecord record(String fields) {
        return Telemetry.records(logs(fields.replace('\'', '"'))).get(0);
    }

    private static List<Issue> issues(OtlpSource source, Incoming incoming) {
        return catchThrowableOfType(InvalidBodyException.class, () -> source.read(incoming))
                .issues();
    }

    private static Issue unreadable(String request) {
        return Issue.at("The body is not a valid " + request
                + " in protobuf: it is damaged, nests too deep or holds text that is not UTF-8");
    }

    /** A request with one log record: resource_logs, scope_logs and log_records, of which the last is field 2. */
    private static byte[] request(ByteString record) {
        return field(1, field(2, field(2, record))).toByteArray();
    }

    private static ByteString field(int number, ByteString content) {
        UnknownFieldSet.Field field =
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(content).build();
        return UnknownFieldSet.newBuilder().addField(number, field).build().toByteString();
    }
}
