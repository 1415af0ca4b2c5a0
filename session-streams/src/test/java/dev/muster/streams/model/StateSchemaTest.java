/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** What stands in the stores is Avro by the schemas beside the classes, and can be read by later versions. */
class StateSchemaTest {

    private static final int HEADER = 10;

    @Property(tries = 100)
    void every_value_is_read_and_written_back_by_its_schema(@ForAll("events") List<HookEvent> events)
            throws IOException {
        Account account = new Account().tellAll(events);
        account.write();
        MemoryRows rows = account.rows();

        assertIsOf(StateSchema.SESSION, requireNonNull(rows.session()));
        for (byte[] trace : rows.tracesStartedBefore(Long.MAX_VALUE)) {
            assertIsOf(StateSchema.TRACE, trace);
        }
        for (byte[] page : rows.tracePages()) {
            assertIsOf(StateSchema.TRACE_LOCATIONS, page);
        }
        for (byte[] trace : rows.overlay().traces()) {
            assertIsOf(StateSchema.TRACE, trace);
        }
        for (byte[] chunk : rows.allChunks().values()) {
            assertIsOf(StateSchema.CHUNK, chunk);
        }
    }

    @Test
    void a_page_of_the_list_is_read_and_written_back_by_its_schema() throws IOException {
        ListPage page = new ListPage(List.of(new ListPage.Entry(1000, "a"), new ListPage.Entry(900, "b")));

        assertIsOf(StateSchema.LIST, page.toBytes(new StateOutput()));
        assertIsOf(StateSchema.LIST, ListPage.EMPTY.toBytes(new StateOutput()));
    }

    @Test
    void what_is_known_of_an_agent_is_read_and_written_back_by_its_schema() throws IOException {
        AgentRecord agent = new AgentRecord("label", LabelRank.DIRECTORY, 5, null, Long.MAX_VALUE, null);
        AgentRecord more = new AgentRecord("", LabelRank.SERVICE, 1, "codex", 3, new AgentRecord.Span(3, 9));

        for (AgentRecord known : List.of(agent, more, agent.with(more))) {
            byte[] value = known.toBytes(new StateOutput());
            assertIsOf(StateSchema.AGENT_RECORD, value);
            assertThat(AgentRecord.read(value)).isEqualTo(known);
        }
        assertThat(agent.with(more))
                .isEqualTo(more.with(agent))
                .isEqualTo(new AgentRecord("label", LabelRank.DIRECTORY, 5, "codex", 3, new AgentRecord.Span(3, 9)));
    }

    private static void assertIsOf(StateSchema schema, byte[] value) throws IOException {
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema.current()).read(null, body);
        assertThat(body.isEnd()).isTrue();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema.current()).write(read, encoder);
        encoder.flush();
        assertThat(bytes.toByteArray()).isEqualTo(Arrays.copyOfRange(value, HEADER, value.length));
    }

    @Test
    void a_value_of_an_older_schema_is_resolved_to_todays() {
        Schema older =
                SchemaBuilder.record("State").fields().requiredLong("events").endRecord();
        Schema current = SchemaBuilder.record("State")
                .fields()
                .requiredLong("events")
                .name("errors")
                .type()
                .longType()
                .longDefault(7)
                .endRecord();
        StateSchema before = new StateSchema(older, Map.of());
        StateOutput out = new StateOutput().begin(before);
        out.number(3);
        byte[] value = out.end();

        StateInput in = StateInput.of(new StateSchema(current, Map.of(before.fingerprint(), older)), value);

        assertThat(in.number()).isEqualTo(3);
        assertThat(in.number()).isEqualTo(7);
    }

    /** A session's and a trace's rows from before there were acknowledgements, days and spend by model. */
    @Property(tries = 100)
    void rows_of_the_version_before_are_read_and_counted_on(@ForAll("events") List<HookEvent> events)
            throws IOException {
        Account account = new Account().tellAll(events);
        account.write();
        SessionAggregate now = account.figures();

        byte[] older = asWrittenBefore(
                "SessionState-1",
                StateSchema.SESSION,
                account.session().copy(new StateOutput()).row());
        SessionAggregate read = SessionAggregate.read(older);

        assertThat(read.figures().events()).isEqualTo(now.figures().events());
        assertThat(read.errors()).isEqualTo(now.errors());
        assertThat(read.figures().modelNames()).isEqualTo(now.figures().modelNames());
        assertThat(read.acknowledgedAt()).isZero();
        FactMarks anything = new FactMarks();
        anything.addName("a tool that nobody has noted");
        anything.addOutcome(Outcome.FAILED);
        anything.addTrace("a trace");
        assertThat(anything.isWithin(read.marks())).isTrue();
        assertThat(read.latestTraceStart()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.unacknowledged())
                .isEqualTo(now.figures().failedFacts() + now.figures().failedTurns());
        assertThat(read.isShared()).isFalse();
        Session opened = Session.load(older, account.rows(), Account.RULES);
        assertThat(opened.writtenContribution()).isEmpty();
        for (byte[] trace : account.rows().overlay().traces()) {
            assertThat(TraceAggregate.read(asWrittenBefore("TraceState-1", StateSchema.TRACE, trace))
                            .figures()
                            .events())
                    .isEqualTo(TraceAggregate.read(trace).figures().events());
        }
    }

    private static byte[] asWrittenBefore(String name, StateSchema schema, byte[] value) throws IOException {
        Schema before;
        try (InputStream in = requireNonNull(StateSchema.class.getResourceAsStream(name + ".avsc"))) {
            before = new Schema.Parser().parse(in);
        }
        // A bucket's number had another name.
        Schema now = new Schema.Parser()
                .parse(schema.current().toString().replace("\"name\":\"place\"", "\"name\":\"bucket\""));
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
        return asWrittenBefore(before, new GenericDatumReader<GenericRecord>(now, before).read(null, body));
    }

    private static byte[] asWrittenBefore(Schema before, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new StateOutput().begin(new StateSchema(before, Map.of())).end());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(before).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Rows from before {@link DurationBuckets}. */
    @Test
    void durations_that_were_counted_by_their_logarithm_go_on_within_2_percent() throws IOException {
        List<Long> durations = List.of(0L, 1L, 7L, 85L, 4404L, 3_600_000L);
        Schema bucket = SchemaBuilder.record("Bucket")
                .namespace("dev.muster.streams.state")
                .fields()
                .requiredInt("bucket")
                .requiredLong("count")
                .endRecord();
        Schema before = SchemaBuilder.record("State")
                .fields()
                .name("latency")
                .type()
                .array()
                .items(bucket)
                .noDefault()
                .endRecord();
        Schema current = SchemaBuilder.record("State")
                .fields()
                .name("latency")
                .type()
                .array()
                .items(requireNonNull(StateSchema.TRACE
                        .current()
                        .getField("figures")
                        .schema()
                        .getField("latencyAll")
                        .schema()
                        .getElementType()))
                .noDefault()
                .endRecord();
        List<GenericRecord> buckets = new ArrayList<>();
        for (long duration : durations) {
            int logarithm = duration == 0 ? -1 : (int) Math.ceil(Math.log((double) duration) / Math.log(1.01 / 0.99));
            buckets.add(new GenericRecordBuilder(bucket)
                    .set("bucket", logarithm)
                    .set("count", 1L)
                    .build());
        }
        byte[] value = asWrittenBefore(
                before, new GenericRecordBuilder(before).set("latency", buckets).build());

        StateSchema schema = new StateSchema(current, Map.of(SchemaNormalization.parsingFingerprint64(before), before));
        LatencySketch sketch = LatencySketch.read(StateInput.of(schema, value));

        assertThat(sketch.count()).isEqualTo(durations.size());
        for (int i = 0; i < durations.size(); i++) {
            long exact = durations.get(i);
            assertThat(sketch.percentile(100 * (i + 1) / durations.size())).isCloseTo(exact, within(exact / 50));
        }
    }

    @Test
    void a_value_of_an_unknown_schema_is_refused_in_a_sentence() {
        byte[] value = new StateOutput().begin(StateSchema.TRACE).end();

        assertThatIllegalStateException()
                .isThrownBy(() -> StateInput.of(StateSchema.SESSION, value))
                .withMessageMatching("a value of SessionState was written with the schema [0-9a-f]{16}, which this "
                        + "version does not know: was it written by a newer one\\?");
    }

    @Test
    void a_value_that_is_none_or_ends_too_early_is_damaged() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SessionAggregate.read(new byte[] {1, 2, 3}))
                .withMessageContaining("does not begin as one");

        Account account = new Account();
        account.tell(Told.toolStart("a", 0, "trace"));
        byte[] row = account.session().copy(new StateOutput()).row();
        assertThatThrownBy(() -> SessionRow.read(Arrays.copyOf(row, row.length - 20)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ends too early");
    }

    @Test
    void a_value_that_was_never_ended_leaves_nothing_behind() {
        StateOutput out = new StateOutput();
        byte[] expected = new StateOutput().begin(StateSchema.TRACE).end();
        out.begin(StateSchema.TRACE).number(5);

        assertThat(out.begin(StateSchema.TRACE).end()).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<HookEvent>> events() {
        return RandomEvents.lists();
    }
}
