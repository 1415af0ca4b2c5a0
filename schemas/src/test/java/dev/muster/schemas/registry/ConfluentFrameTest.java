/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.schemas.EventBody;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our frame against the one that Confluent's own classes write and read. */
class ConfluentFrameTest {

    private final TinyRegistry registry = TinyRegistry.start(0);
    private final SingleObjectFormat format = new SingleObjectFormat();
    private final EventBody body = new EventBody();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void theSchemaThatIsRegisteredIsTheOneThatWrites() {
        assertThat(SchemaNormalization.parsingFingerprint64(HookEventSchema.read()))
                .isEqualTo(SingleObjectFormat.currentFingerprint());
        assertThat(HookEventSchema.read().toString()).doesNotContain("avro.java.string");
    }

    @Test
    void theRealClassesWriteTheSameBytesAndReadOurs() throws Exception {
        HookEvent event = SampleEvents.full("s1");
        try (ConfluentOracle confluent = new ConfluentOracle(registry.url());
                Framing framing = Framing.of(Optional.of(registry.config()))) {
            byte[] ours = framing.frame(format.write(event));
            byte[] theirs = confluent.write(Topics.HOOK_EVENTS, SampleEvents.schema(), SampleEvents.json(event));

            assertThat(ours).isEqualTo(theirs).startsWith(0, 0, 0, 0, TinyRegistry.FIRST_ID);
            ObjectMapper mapper = new ObjectMapper();
            assertThat(mapper.readTree(confluent.read(Topics.HOOK_EVENTS, ours)))
                    .isEqualTo(mapper.readTree(event.toString()));
        }
    }

    @Test
    void whatTheRealSerializerWroteIsReadWithoutBeingWrittenAgain() throws Exception {
        HookEvent event = SampleEvents.full("s1");
        try (ConfluentOracle confluent = new ConfluentOracle(registry.url());
                WriterSchemas schemas = WriterSchemas.of(Optional.of(registry.config()))) {
            byte[] record = confluent.write(Topics.HOOK_EVENTS, SampleEvents.schema(), SampleEvents.json(event));

            new EventReader(schemas).look(record, body);

            assertThat(body.bytes()).isSameAs(record);
            byte[] written = format.write(event);
            assertThat(body.toBytes())
                    .isEqualTo(Arrays.copyOfRange(written, SingleObjectFormat.HEADER_BYTES, written.length));
        }
    }

    @Test
    void anEventOfAnotherCompatibleSchemaIsReadAsOneOfToday() throws Exception {
        String wider = SampleEvents.withFieldOfTomorrow();
        String bare = SampleEvents.json(SampleEvents.full("s1"));
        String json = bare.substring(0, bare.length() - 1) + ",\"mood\":\"calm\"}";
        try (ConfluentOracle confluent = new ConfluentOracle(registry.url());
                WriterSchemas schemas = WriterSchemas.of(Optional.of(registry.config()))) {
            byte[] record = confluent.write(Topics.HOOK_EVENTS, wider, json);

            EventReader reader = new EventReader(schemas);
            reader.look(record, body);
            reader.look(record, body);

            byte[] expected = format.write(SampleEvents.full("s1"));
            assertThat(body.toBytes())
                    .isEqualTo(Arrays.copyOfRange(expected, SingleObjectFormat.HEADER_BYTES, expected.length));
            assertThat(registry.requests().stream().filter(asked -> asked.startsWith("GET")))
                    .as("the id is asked for once")
                    .hasSize(1);
        }
    }
}
