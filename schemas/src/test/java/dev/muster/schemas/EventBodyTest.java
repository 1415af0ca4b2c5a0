/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What a look into a body finds, held against a whole reading. */
class EventBodyTest {

    private static final Schema SCHEMA = HookEvent.getClassSchema();

    private final SingleObjectFormat format = new SingleObjectFormat();
    private final EventBody body = new EventBody();

    private static HookEvent event(Random random) {
        HookEvent.Builder event = HookEvents.newBuilder()
                .setId("key:" + random.nextLong())
                .setAccount("local")
                .setAgentId("c000000000000000000000000")
                .setAgentLabel("日本-" + random.nextInt())
                .setAgentLabelRank(LabelRank.values()[random.nextInt(LabelRank.values().length)])
                .setKind(FactKind.values()[random.nextInt(FactKind.values().length)])
                .setSource(Source.SDK)
                .setEditor(random.nextBoolean())
                .setTimestamp(random.nextLong())
                .setReceivedAt(random.nextLong() >>> random.nextInt(Long.SIZE));
        if (random.nextBoolean()) {
            event.setSessionId("s".repeat(random.nextInt(300))).setDurationMs(random.nextLong());
        }
        if (random.nextBoolean()) {
            event.setTokens(new Tokens(random.nextLong(), 1L, -1L, random.nextLong(), 7L));
        }
        return random.nextBoolean()
                ? event.build()
                : event.setMetadata("{\"a\":1}").build();
    }

    private void over(byte[] record) throws MalformedRecordException {
        body.over(record, SingleObjectFormat.HEADER_BYTES, record.length - SingleObjectFormat.HEADER_BYTES);
    }

    @Property(tries = 300)
    void finds_what_a_whole_reading_finds(@ForAll long seed) throws MalformedRecordException {
        HookEvent event = event(new Random(seed));
        byte[] record = format.write(event);
        over(record);

        for (Schema.Field field : SCHEMA.getFields()) {
            Object value = event.get(field.pos());
            assertThat(body.has(field.pos())).as(field.name()).isEqualTo(value != null);
            if (value instanceof String text) {
                assertThat(body.text(field.pos())).isEqualTo(text);
            } else if (value instanceof Long number) {
                assertThat(body.number(field.pos())).isEqualTo(number);
            } else if (value instanceof Boolean flag) {
                assertThat(body.flag(field.pos())).isEqualTo(flag);
            } else if (value instanceof Enum<?> symbol) {
                assertThat(body.number(field.pos())).isEqualTo(symbol.ordinal());
            } else if (value instanceof Tokens tokens) {
                for (int part = 0; part < 5; part++) {
                    assertThat(body.number(field.pos(), part)).isEqualTo(tokens.get(part));
                }
            }
        }
        assertThat(body.toBytes())
                .isEqualTo(Arrays.copyOfRange(record, SingleObjectFormat.HEADER_BYTES, record.length));
    }

    /** Whatever it lets through can be read as a whole; of what no writer makes it may refuse more. */
    @Property(tries = 3000)
    void refuses_what_a_whole_reading_refuses(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] record = format.write(event(random));
        int damages = 1 + random.nextInt(3);
        for (int i = 0; i < damages; i++) {
            int at = SingleObjectFormat.HEADER_BYTES + random.nextInt(record.length - SingleObjectFormat.HEADER_BYTES);
            record[at] = (byte) random.nextInt(256);
        }
        byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(record, record.length - 1 - random.nextInt(9)) : record;

        if (accepts(cut)) {
            assertThat(isReadable(cut)).isTrue();
        }
    }

    private boolean accepts(byte[] record) {
        try {
            over(record);
            return true;
        } catch (MalformedRecordException e) {
            return false;
        }
    }

    private boolean isReadable(byte[] record) {
        try {
            return format.read(record, null) != null;
        } catch (MalformedRecordException e) {
            return false;
        }
    }

    @Test
    void an_unknown_field_has_no_position() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventBody.position("nonsense"));
    }
}
