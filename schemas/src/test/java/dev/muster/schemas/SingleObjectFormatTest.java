/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.avro.Amount;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class SingleObjectFormatTest {

    private final SingleObjectFormat format = new SingleObjectFormat();

    @Test
    void readsWhatItWrote() throws MalformedRecordException {
        HookEvent event = full();

        byte[] record = format.write(event);

        assertThat(format.marks(record)).isTrue();
        assertThat(format.read(record, null)).isEqualTo(event);
        assertThat(new SingleObjectFormat().read(record, null)).isEqualTo(event);
    }

    @Test
    void isAvrosOwnSingleObjectEncoding() throws IOException {
        ByteBuffer theirs = new BinaryMessageEncoder<>(GenericData.get(), HookEvent.getClassSchema()).encode(full());

        assertThat(ByteBuffer.wrap(format.write(full()))).isEqualTo(theirs);
    }

    /** What lies in a topic, a spool or a row since a version before: its schema is known, and what it lacks has its default. */
    @Test
    void readsWhatAnOlderVersionWrote() throws IOException, MalformedRecordException {
        Schema older = new Schema.Parser().parse(getClass().getResourceAsStream("HookEvent-1.avsc"));
        GenericRecord before = new GenericData.Record(older);
        HookEvent event = full();
        for (Schema.Field field : older.getFields()) {
            before.put(field.pos(), event.get(field.name()));
        }
        byte[] record = bytes(new BinaryMessageEncoder<>(SpecificData.get(), older).encode(before));

        assertThat(SingleObjectFormat.fingerprint(record)).isEqualTo(0xd73a379ea90c7e9aL);
        assertThat(format.read(record, null)).isEqualTo(event);
    }

    @Test
    void aReusedEventKeepsNothing() throws MalformedRecordException {
        HookEvent reused = format.read(format.write(full()), null);

        assertThat(format.read(format.write(bare()), reused)).isSameAs(reused).isEqualTo(bare());
    }

    @Test
    void anotherMarkIsNotItsOwn() {
        byte[] record = format.write(bare());
        record[1] = 0;

        assertThat(format.marks(record)).isFalse();
        assertThat(format.marks(new byte[] {(byte) 0xC3, 1})).isFalse();
    }

    @Test
    void refusesAnUnknownSchema() {
        byte[] record = format.write(bare());
        record[2]++;

        assertThatThrownBy(() -> format.read(record, null))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageMatching("no schema is known by the fingerprint [0-9a-f]{16}");
    }

    @Test
    void refusesBytesThatAreLeftOver() {
        byte[] record = format.write(bare());

        assertThatThrownBy(() -> format.read(Arrays.copyOf(record, record.length + 1), null))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("bytes are left over after the event");
    }

    @Test
    void refusesALengthBeyondTheRecord() {
        byte[] body = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 'x'};
        byte[] record = Arrays.copyOf(format.write(bare()), SingleObjectFormat.HEADER_BYTES + body.length);
        System.arraycopy(body, 0, record, SingleObjectFormat.HEADER_BYTES, body.length);

        assertThatThrownBy(() -> format.read(record, null)).isInstanceOf(MalformedRecordException.class);
    }

    @Property(tries = 300)
    void refusesATruncatedRecord(@ForAll @IntRange(min = 1, max = 100) int missing) {
        byte[] record = format.write(full());
        byte[] cut = Arrays.copyOf(record, record.length - missing);

        assertThatThrownBy(() -> format.read(cut, null)).isInstanceOf(MalformedRecordException.class);
    }

    @Property(tries = 2000)
    void damageIsReadOrRefusedAndNothingElse(
            @ForAll @IntRange(min = 0, max = 10_000) int position, @ForAll byte damage) {
        byte[] record = format.write(full());
        int body = record.length - SingleObjectFormat.HEADER_BYTES;
        record[SingleObjectFormat.HEADER_BYTES + position % body] = damage;

        try {
            assertThat(format.read(record, null)).isNotNull();
        } catch (MalformedRecordException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
        assertThat(format.write(bare())).isEqualTo(new SingleObjectFormat().write(bare()));
    }

    @Test
    void readsAnOlderSchemaThatItWasGiven() throws IOException, MalformedRecordException {
        Schema older = without("metadata", "git", "tokens");
        GenericRecord written = new GenericData.Record(older);
        HookEvent event = full();
        older.getFields().forEach(field -> written.put(field.name(), generic(event, field)));
        byte[] record = bytes(new BinaryMessageEncoder<GenericRecord>(GenericData.get(), older).encode(written));
        SchemaStore.Cache known = new SchemaStore.Cache();
        known.addSchema(older);

        HookEvent read = new SingleObjectFormat(known).read(record, null);

        event.setMetadata(null);
        event.setGit(null);
        event.setTokens(null);
        assertThat(read).isEqualTo(event);
        assertThatThrownBy(() -> format.read(record, null))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith("no schema is known");
    }

    private static Schema without(String... names) {
        Schema current = HookEvent.getClassSchema();
        List<Schema.Field> kept = new ArrayList<>();
        for (Schema.Field field : current.getFields()) {
            if (!List.of(names).contains(field.name())) {
                kept.add(new Schema.Field(field, field.schema()));
            }
        }
        return Schema.createRecord(current.getName(), null, current.getNamespace(), false, kept);
    }

    private static Object generic(HookEvent event, Schema.Field field) {
        return event.get(field.name());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static HookEvent bare() {
        return HookEvent.newBuilder()
                .setId("prompt:p")
                .setAccount("acme")
                .setAgentId(AgentId.of("acme", "bot"))
                .setAgentLabel("bot")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setKind(FactKind.PROMPT)
                .setSource(Source.HOOK)
                .setTimestamp(1)
                .setReceivedAt(2)
                .build();
    }

    private static HookEvent full() {
        HookEvent event = bare();
        event.setSessionId("s");
        event.setTraceId("t");
        event.setClient("claude-code");
        event.setEditor(true);
        event.setHookEvent("PostToolUse");
        event.setType(EventType.ACTION);
        event.setPhase(Phase.POST);
        event.setToolName("Bash");
        event.setToolUseId("toolu_1");
        event.setToolDetail("{\"command\":\"ls\"}");
        event.setOutcome(Outcome.FAILED);
        event.setDenialType("user_rejected");
        event.setDurationMs(12L);
        event.setModel("claude-opus-4-7");
        event.setTokens(new Tokens(1L, 2L, 3L, 4L, 5L));
        event.setReportedCostPicoUsd(7L);
        event.setAmount(new Amount("SOL", 1.5));
        event.setPrompt("grüße \uD83D\uDE80");
        event.setGit(new Git("abc", "main", null, false));
        event.setMetadata("{\"a\":1}");
        return event;
    }
}
