/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.producer.MusterProducer;
import dev.muster.producer.MusterProducerConfig;
import dev.muster.schemas.EventBody;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.registry.ConfluentOracle;
import dev.muster.schemas.registry.EventReader;
import dev.muster.schemas.registry.Framing;
import dev.muster.schemas.registry.RegistryConfig;
import dev.muster.schemas.registry.SampleEvents;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.standalone.Standalone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Muster, a real registry and Confluent's own serializer, in one room. */
@Tag("registry")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealRegistryTest {

    private static final String SUBJECT = "/subjects/muster.hook-events-value";

    private final RegistryServer server;
    private final RegistryConfig config;
    private final SingleObjectFormat format = new SingleObjectFormat();
    private final ObjectMapper json = new ObjectMapper();

    RealRegistryTest() throws IOException {
        server = RegistryServer.start();
        config = RegistryConfig.of(server.url(), Optional.empty());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forgetTheSubject() throws Exception {
        server.send("DELETE", SUBJECT, "");
        server.send("DELETE", SUBJECT + "?permanent=true", "");
    }

    @Test
    void itKeepsOurSchemaAndTheBytesAreTheRealSerializers() throws Exception {
        HookEvent event = SampleEvents.full("s1");
        try (Framing framing = Framing.of(Optional.of(config));
                WriterSchemas schemas = WriterSchemas.of(Optional.of(config));
                ConfluentOracle confluent = new ConfluentOracle(server.url())) {
            byte[] ours = framing.frame(format.write(event));
            byte[] theirs = confluent.write(Topics.HOOK_EVENTS, SampleEvents.schema(), SampleEvents.json(event));

            assertThat(ours).isEqualTo(theirs);
            assertThat(json.readTree(confluent.read(Topics.HOOK_EVENTS, ours)))
                    .isEqualTo(json.readTree(event.toString()));
            assertThat(body(schemas, theirs)).isEqualTo(bodyOf(event));
        }
    }

    @Test
    void aCompatibleSchemaOfAnotherIsRead() throws Exception {
        HookEvent event = SampleEvents.full("s1");
        String bare = SampleEvents.json(event);
        try (Framing framing = Framing.of(Optional.of(config));
                WriterSchemas schemas = WriterSchemas.of(Optional.of(config));
                ConfluentOracle confluent = new ConfluentOracle(server.url())) {
            byte[] ours = framing.frame(format.write(event));
            byte[] theirs = confluent.write(
                    Topics.HOOK_EVENTS,
                    SampleEvents.withFieldOfTomorrow(),
                    bare.substring(0, bare.length() - 1) + ",\"mood\":\"calm\"}");

            assertThat(Arrays.copyOf(theirs, 5)).as("another id").isNotEqualTo(Arrays.copyOf(ours, 5));
            assertThat(body(schemas, theirs)).isEqualTo(bodyOf(event));
            assertThat(body(schemas, ours)).isEqualTo(bodyOf(event));
        }
    }

    @Test
    void anIncompatibleSubjectIsRefusedInOneSentence() throws Exception {
        String other = json.createObjectNode()
                .put("schema", SampleEvents.incompatible())
                .toString();
        assertThat(server.send("POST", SUBJECT + "/versions", other).statusCode())
                .isEqualTo(200);
        String backward = "{\"compatibility\":\"BACKWARD\"}";
        assertThat(server.send("PUT", "/config/muster.hook-events-value", backward)
                        .statusCode())
                .isEqualTo(200);

        assertThatThrownBy(() -> Framing.of(Optional.of(config)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("The schema registry at " + server.url() + " refuses Muster's schema")
                .hasMessageContaining("HTTP 409")
                .message()
                .doesNotContain("\n", "Exception");
    }

    @Test
    void bothFramesEndInTheSameSession(@TempDir Path data) throws Exception {
        try (Standalone muster = start(data, server.url());
                ConfluentOracle confluent = new ConfluentOracle(server.url())) {
            HookEvent theirs = event("theirs");
            send(
                    muster.bootstrapServers(),
                    confluent.write(Topics.HOOK_EVENTS, SampleEvents.schema(), SampleEvents.json(theirs)));
            produce(MusterProducerConfig.of(muster.bootstrapServers()), event("bare"));
            produce(MusterProducerConfig.of(muster.bootstrapServers()).withRegistry(server.url()), event("framed"));
            produce(MusterProducerConfig.of(muster.bootstrapServers()).withRegistry(server.url()), event("bare"));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> session(muster.api()), answer -> answer.contains("\"events\":3,"));
        }
    }

    private static Standalone start(Path data, String registry) {
        Standalone muster = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0", RegistryConfig.URL, registry),
                data,
                InstantSource.system(),
                folder -> {});
        await().atMost(Duration.ofMinutes(1)).until(muster::notReadyBecause, Optional::isEmpty);
        return muster;
    }

    private static HookEvent event(String id) {
        long now = InstantSource.system().millis();
        HookEvent event = SampleEvents.full("mixed");
        event.setId("request:" + id);
        event.setTimestamp(now);
        return event;
    }

    private static void send(String bootstrap, byte[] record) throws Exception {
        byte[] key = RecordKey.ofSession("local", "mixed").toBytes();
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> kafka =
                new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap), bytes, bytes)) {
            kafka.send(new ProducerRecord<>(Topics.HOOK_EVENTS, key, record)).get();
        }
    }

    private static void produce(MusterProducerConfig config, HookEvent event) throws Exception {
        try (MusterProducer producer = MusterProducer.create(config)) {
            producer.send(event).get();
        }
    }

    private static String session(URI api) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(api.resolve("/v1/me/sessions/mixed")).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body()
                .replace(" ", "");
    }

    private static byte[] body(WriterSchemas schemas, byte[] record) throws Exception {
        EventBody body = new EventBody();
        new EventReader(schemas).look(record, body);
        return body.toBytes();
    }

    private byte[] bodyOf(HookEvent event) {
        byte[] record = format.write(event);
        return Arrays.copyOfRange(record, SingleObjectFormat.HEADER_BYTES, record.length);
    }
}
