/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import dev.muster.schemas.registry.Framing;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what becomes of those events is seen elsewhere
class MusterProducerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final AgentSession SESSION = new AgentSession("acme", "triage-bot", "run-1");
    private static final MusterProducerConfig CONFIG = MusterProducerConfig.of("127.0.0.1:9");

    private MockProducer<byte[], byte[]> kafka = kafka();
    private final List<HookEvent> failed = new CopyOnWriteArrayList<>();
    private MusterProducer muster = producer(CONFIG, Framing.singleObject());

    @AfterEach
    void stop() {
        muster.close(Duration.ZERO);
    }

    @Test
    void anEventIsDoneWhenKafkaHasIt() throws Exception {
        HookEvent event = SESSION.prompt(NOW, "p1", "Why is the build red?").build();

        CompletableFuture<Void> durable = muster.send(event);
        await().until(() -> kafka.history().size() == 1);
        assertThat(durable).isNotDone();
        kafka.completeNext();

        durable.get();
        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(record.topic()).isEqualTo(Topics.HOOK_EVENTS);
        assertThat(record.partition()).as("left to Kafka").isNull();
        assertThat(new String(record.key(), UTF_8)).isEqualTo("acme/run-1");
        assertThat(new SingleObjectFormat().read(record.value(), null)).isEqualTo(event);
    }

    @Test
    void anEventWithoutASessionHasItsAgentsKey() {
        muster.send(SESSION.event(NOW, "k").setSessionId(null).build());

        await().until(() -> kafka.history().size() == 1);
        assertThat(new String(kafka.history().get(0).key(), UTF_8))
                .isEqualTo("acme//" + AgentId.of("acme", "triage-bot"));
    }

    @Test
    void aFailureIsToldTwice() {
        HookEvent event = SESSION.event(NOW, "k").build();
        CompletableFuture<Void> durable = muster.send(event);
        await().until(() -> kafka.history().size() == 1);

        kafka.errorNext(new TimeoutException("too slow"));

        assertThatThrownBy(durable::join)
                .hasCauseInstanceOf(EventNotSentException.class)
                .hasMessageContaining("too slow");
        await().until(() -> failed.equals(List.of(event)));
    }

    @Test
    void aFullBufferRefusesAtOnceAndHasRoomAgainAfterwards() throws Exception {
        restart(CONFIG.withBufferBytes(128 * 1024), Framing.singleObject());
        HookEvent large = SESSION.prompt(NOW, "p", "x".repeat(100_000)).build();
        CompletableFuture<Void> first = muster.send(large);

        CompletableFuture<Void> second = muster.send(large);

        assertThat(second).isCompletedExceptionally();
        assertThatThrownBy(second::join).hasMessageContaining("The buffer is full");
        assertThat(failed).containsExactly(large);
        await().until(kafka::completeNext);
        first.get();
        assertThat(muster.send(large)).isNotDone();
    }

    @Test
    void whoWantsToWaitForRoomDoes() {
        restart(CONFIG.withBufferBytes(128 * 1024).withMaxWait(Duration.ofMinutes(1)), Framing.singleObject());
        HookEvent large = SESSION.prompt(NOW, "p", "x".repeat(100_000)).build();
        muster.send(large);

        CompletableFuture<CompletableFuture<Void>> second = CompletableFuture.supplyAsync(() -> muster.send(large));
        await().until(kafka::completeNext);

        assertThat(second.join()).isNotCompletedExceptionally();
    }

    @Test
    void eventsWaitForTheRegistry() {
        AtomicBoolean ready = new AtomicBoolean();
        restart(CONFIG, new Framing() {
            @Override
            public byte[] frame(byte[] singleObject) {
                return new byte[] {0};
            }

            @Override
            public Optional<String> notReadyBecause() {
                return ready.get() ? Optional.empty() : Optional.of("The registry is away.");
            }
        });
        muster.send(SESSION.event(NOW, "a").build());
        muster.send(SESSION.event(NOW, "b").build());
        assertThat(kafka.history()).isEmpty();

        ready.set(true);

        await().until(() -> kafka.history().size() == 2);
        assertThat(kafka.history()).extracting(ProducerRecord::value).containsOnly(new byte[] {0});
    }

    @Test
    void whatIsNotThereInTimeFailsAndSaysWhy() {
        restart(CONFIG.withDeliveryTimeout(Duration.ofSeconds(1)), new Framing() {
            @Override
            public byte[] frame(byte[] singleObject) {
                throw new IllegalStateException("not ready");
            }

            @Override
            public Optional<String> notReadyBecause() {
                return Optional.of("The registry is away.");
            }
        });

        assertThatThrownBy(() -> muster.send(SESSION.event(NOW, "a").build()).join())
                .hasCauseInstanceOf(EventNotSentException.class)
                .hasMessageContaining("The registry is away.");
    }

    @Test
    void closingSendsWhatWasTaken() {
        CompletableFuture<Void> durable = muster.send(SESSION.event(NOW, "a").build());
        CompletableFuture<Void> closing = CompletableFuture.runAsync(muster::close);
        await().until(kafka::completeNext);

        closing.join();

        assertThat(durable).isCompleted();
        assertThat(kafka.closed()).isTrue();
        assertThatThrownBy(() -> muster.send(SESSION.event(NOW, "b").build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The producer is closed.");
    }

    @Test
    void closingEndsAndNothingIsLeftOpen() {
        CompletableFuture<Void> durable = muster.send(SESSION.event(NOW, "a").build());

        muster.close(Duration.ofMillis(1));

        assertThat(durable).isCompletedExceptionally();
        assertThat(muster.flush()).isCompleted();
    }

    @Test
    void anApplicationThatFailsOnAFailureStopsNothing() {
        MockProducer<byte[], byte[]> other = kafka();
        try (MusterProducer careless = new MusterProducer(CONFIG, other, Framing.singleObject(), (event, failure) -> {
            throw new IllegalStateException("careless");
        })) {
            careless.send(SESSION.event(NOW, "a").build());
            await().until(() -> other.errorNext(new TimeoutException("too slow")));

            CompletableFuture<Void> next = careless.send(SESSION.event(NOW, "b").build());
            await().until(other::completeNext);
            next.join();
        }
    }

    @Test
    void aWrongEventIsNamedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        muster.send(SESSION.event(NOW, "k").setAccount("Acme").build()))
                .withMessage("The event's account must be [a-z0-9-]{1,64}.");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        muster.send(SESSION.event(NOW, "k").setSessionId("").build()))
                .withMessageContaining("sessionId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> muster.send(
                        SESSION.prompt(NOW, "p", "x".repeat(200_000)).build()))
                .withMessageContaining("shorten its texts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> muster.send(new HookEvent()))
                .withMessageContaining("id");
        assertThatIllegalArgumentException().isThrownBy(() -> new AgentSession("acme", " ", "s"));
        assertThatIllegalArgumentException().isThrownBy(() -> new AgentSession("acme", "bot", "x".repeat(201)));
    }

    @Test
    void whatKeepsEventsSafeCannotBeSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONFIG.withKafka(Map.of(ProducerConfig.ACKS_CONFIG, "1")))
                .withMessage("acks cannot be set: it keeps events safe and in their place.");
        assertThat(CONFIG.withKafka(Map.of("sasl.jaas.config", "secret")).toString())
                .doesNotContain("secret");
        assertThat(CONFIG.withKafka(Map.of("linger.ms", 50)).properties())
                .containsEntry("linger.ms", 50)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        assertThatThrownBy(() -> MusterProducer.create(MusterProducerConfig.of("127.0.0.1:99999")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageMatching("No Kafka client can be made for «127.0.0.1:99999»: [^\\n]+\\.");
    }

    @Test
    void factsHaveTheIdsThatOtherSourcesGiveThem() {
        assertThat(List.of(
                        SESSION.prompt(NOW, "p1", "Hi").build(),
                        SESSION.toolStart(NOW, "toolu_1", "Bash").build(),
                        SESSION.toolEnd(NOW, "toolu_1", "Bash", Outcome.SUCCESS).build(),
                        SESSION.modelRequest(NOW, "req_1", "claude-sonnet-4-5", new Tokens(1L, 2L, 0L, 0L, 0L))
                                .build(),
                        SESSION.failedTurn(NOW, "p1", "overloaded").build(),
                        SESSION.event(NOW, "k").build()))
                .extracting(HookEvent::getId)
                .containsExactly(
                        "prompt:p1",
                        "tool-start:toolu_1",
                        "tool-end:toolu_1",
                        "request:req_1",
                        "failed-turn:p1",
                        "key:k");
    }

    private void restart(MusterProducerConfig config, Framing framing) {
        muster.close(Duration.ZERO);
        kafka = kafka();
        muster = producer(config, framing);
    }

    private MusterProducer producer(MusterProducerConfig config, Framing framing) {
        return new MusterProducer(config, kafka, framing, (event, failure) -> failed.add(event));
    }

    private static MockProducer<byte[], byte[]> kafka() {
        Node node = new Node(0, "127.0.0.1", 9);
        Node[] nodes = {node};
        PartitionInfo partition = new PartitionInfo(Topics.HOOK_EVENTS, 0, node, nodes, nodes);
        Cluster cluster = new Cluster("test", List.of(node), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
