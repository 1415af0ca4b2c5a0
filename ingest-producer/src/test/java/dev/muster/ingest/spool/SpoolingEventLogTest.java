/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.kafka.EventRecord;
import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.ingest.kafka.UnavailableException;
import dev.muster.ingest.spool.FakeKafka.Mood;
import dev.muster.ingest.spool.FakeKafka.Taken;
import dev.muster.ingest.voight.VoightEvents;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.registry.Framing;
import dev.muster.schemas.settings.InvalidSettingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolingEventLogTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<Taken> taken = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Path folder;
    private FakeKafka kafka = new FakeKafka(Mood.TAKES, taken, MEBIBYTE);
    private SpoolingEventLog log;

    SpoolingEventLogTest(@TempDir Path folder) {
        this.folder = folder;
        log = open(MEBIBYTE, SHORT);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void whileKafkaTakesEventsNothingIsSpooled() throws Exception {
        reopen(MEBIBYTE, LONG, kafkaThat(Mood.TAKES));
        await().until(() -> log.note().isEmpty());

        append("a", "b");

        assertThat(labels()).containsExactly("a", "b");
        assertThat(meter("spooled")).isZero();
        assertThat(log.refusesBecause()).isEmpty();
    }

    @Test
    void whatKafkaKeepsWaitingIsSpooledAndSentOnInOrder() throws Exception {
        await().until(() -> log.note().isEmpty());
        kafka.be(Mood.STALLS);

        append("a", "b", "c");

        assertThat(labels()).isEmpty();
        assertThat(meter("records")).isEqualTo(3);
        assertThat(meter("size")).isPositive();
        assertThat(log.note().orElseThrow())
                .isEqualTo("Events are kept in the spool in " + folder.toAbsolutePath()
                        + ", where 3 wait, until Kafka takes them.");

        kafka.be(Mood.TAKES);

        await().until(() -> log.note().isEmpty());
        assertThat(lastCopies()).containsExactly("a", "b", "c");
        await().until(() -> meter("records") == 0);
        assertThat(meter("size")).isZero();
        assertThat(meter("spooled")).isEqualTo(3);
        assertThat(meter("drained")).isEqualTo(3);
    }

    @Test
    void whatKafkaFailsIsSpooledAtOnce() throws Exception {
        reopen(MEBIBYTE, LONG, kafkaThat(Mood.TAKES));
        await().until(() -> log.note().isEmpty());
        kafka.be(Mood.FAILS);

        append("a");

        assertThat(meter("records")).isEqualTo(1);
        kafka.be(Mood.TAKES);
        await().until(() -> labels().equals(List.of("a")));
    }

    @Test
    void afterOneThatFailsAtOnceNoFurtherOneIsTried() throws Exception {
        reopen(MEBIBYTE, LONG, kafkaThat(Mood.TAKES));
        await().until(() -> log.note().isEmpty());
        kafka.be(Mood.FAILS);

        log.append(List.of(event("a", ""), event("b", ""))).get(1, TimeUnit.MINUTES);
        append("c");

        assertThat(kafka.failed()).containsExactly("a");
        kafka.be(Mood.TAKES);
        await().until(() -> labels().equals(List.of("a", "b", "c")));
    }

    @Test
    void eventsAreTakenBeforeKafkaIsReached() throws Exception {
        FakeKafka unreached = kafkaThat(Mood.TAKES);
        unreached.partitionsForException = new TimeoutException("no metadata");
        reopen(MEBIBYTE, LONG, unreached);

        append("a", "b");

        assertThat(log.connected()).isFalse();
        assertThat(log.refusesBecause()).isEmpty();
        assertThat(labels()).isEmpty();
        unreached.partitionsForException = null;
        await().until(() -> labels().equals(List.of("a", "b")));
    }

    @Test
    void aFullSpoolRefusesUntilThereIsRoom() throws Exception {
        long one = SpooledRecord.cost(EventRecord.of(event("a", "")));
        reopen(3 * one, SHORT, kafkaThat(Mood.FAILS));

        append("a", "b", "c");

        assertThatThrownBy(() -> append("d"))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(log.refusesBecause().orElseThrow()).contains(folder.toAbsolutePath() + " is full");
        kafka.be(Mood.TAKES);
        await().until(() -> log.note().isEmpty());
        append("e");
        assertThat(labels()).containsExactly("a", "b", "c", "e");
        assertThat(log.refusesBecause()).isEmpty();
    }

    @Test
    void whatHoldsNoEventNeedsNoSpool() throws Exception {
        FakeKafka unreached = kafkaThat(Mood.TAKES);
        unreached.partitionsForException = new TimeoutException("no metadata");
        reopen(MEBIBYTE, SHORT, unreached);

        assertThat(log.append(List.of())).isCompleted();

        append("a");
        assertThat(meter("records")).isEqualTo(1);
    }

    @Test
    void aLongSpoolOfLargeEventsIsSentInParts() throws Exception {
        reopen(8 * MEBIBYTE, SHORT, kafkaThat(Mood.FAILS));
        for (int i = 0; i < 40; i++) {
            HookEvent event = event("e" + i, "");
            event.setReasoning("x".repeat(MEBIBYTE / 10));
            log.append(List.of(event)).get(1, TimeUnit.MINUTES);
        }

        kafka.takeOnly(15);

        await().until(() -> Collections.frequency(kafka.stalled(), "e15") > 1);
        assertThat(kafka.stalled()).doesNotContain("e30");
        kafka.takeOnly(Integer.MAX_VALUE);
        await().until(() -> log.note().isEmpty());
        assertThat(lastCopies()).hasSize(40).last().isEqualTo("e39");
    }

    @Test
    void whatKafkaRefusesForGoodIsKeptAndHoldsUpNobody() throws Exception {
        reopen(MEBIBYTE, SHORT, new FakeKafka(Mood.FAILS, taken, 4096));
        append("a");
        log.append(List.of(event("huge", "x".repeat(2000) + "y".repeat(2000)))).get(1, TimeUnit.MINUTES);
        log.append(List.of(hugeEvent("too-huge"))).get(1, TimeUnit.MINUTES);
        append("b");

        kafka.be(Mood.TAKES);

        await().until(() -> log.note().isEmpty());
        assertThat(labels()).containsExactly("a", "huge", "b");
        assertThat(meter("aside")).isEqualTo(1);
        reopen(MEBIBYTE, SHORT, kafkaThat(Mood.TAKES));
        assertThat(meter("aside")).isEqualTo(1);
        assertThat(labels()).containsExactly("a", "huge", "b");
    }

    @Test
    void whatWasNotSentOnIsSentByTheNextOne() throws Exception {
        reopen(MEBIBYTE, SHORT, kafkaThat(Mood.FAILS));
        append("a", "b");

        reopen(MEBIBYTE, SHORT, kafkaThat(Mood.FAILS));
        append("c");
        assertThat(meter("records")).isEqualTo(3);
        assertThat(meter("oldest.age")).isZero();
        reopen(MEBIBYTE, SHORT, kafkaThat(Mood.TAKES));

        await().until(() -> log.note().isEmpty());
        assertThat(labels()).containsExactly("a", "b", "c");
    }

    @Test
    void givesTheDiskItsSpaceBack() throws Exception {
        reopen(64L * MEBIBYTE, LONG, kafkaThat(Mood.FAILS));
        RandomGenerator random = new Random(42);
        List<CompletableFuture<Void>> answers = IntStream.range(0, 6000)
                .mapToObj(i -> log.append(List.of(event("a" + i, incompressible(random)))))
                .toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
        assertThat(bytesOnDisk()).isGreaterThan(MEBIBYTE);

        kafka.be(Mood.TAKES);

        await().atMost(LONG).until(() -> taken.size() == 6000 && bytesOnDisk() < MEBIBYTE);
    }

    @Test
    void aDamagedSpoolStopsTheStart() throws Exception {
        reopen(MEBIBYTE, SHORT, kafkaThat(Mood.FAILS));
        append("a", "b", "c");
        log.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".log") || path.toString().endsWith(".sst"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 100) {
                    bytes[60] ^= 0x55;
                    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
                }
            }
        }

        assertThatThrownBy(() -> open(MEBIBYTE, SHORT))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("The spool in " + folder.toAbsolutePath() + " cannot be read (")
                .hasMessageMatching("[^\\n]+\\.");
        deleteSpool();
        log = open(MEBIBYTE, SHORT);
    }

    @Test
    void aFolderThatIsNoneIsOneSentence() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new Spool(file, MEBIBYTE, InstantSource.system()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_SPOOL_DIR is " + file + ", and no folder can be made there")
                .hasMessageMatching("[^\\n]+\\.");
    }

    @Test
    void twoCollectorsDoNotShareAFolder() {
        assertThatThrownBy(() -> open(MEBIBYTE, SHORT))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The spool in " + folder.toAbsolutePath()
                        + " is in use by another collector; give each its own with MUSTER_SPOOL_DIR.");
    }

    private SpoolingEventLog open(long maxBytes, Duration timeout) {
        KafkaEventLog kafkaLog = new KafkaEventLog(kafka, Framing.of(Optional.empty()), SHORT);
        try {
            SpoolingEventLog opened = new SpoolingEventLog(
                    kafkaLog,
                    new SpoolConfig(folder, maxBytes, timeout),
                    SHORT,
                    InstantSource.fixed(Fixtures.RECEIVED_AT));
            registry.clear();
            opened.bindTo(registry);
            return opened;
        } catch (InvalidSettingException e) {
            kafkaLog.close();
            throw e;
        }
    }

    private void reopen(long maxBytes, Duration timeout, FakeKafka other) {
        log.close();
        kafka = other;
        log = open(maxBytes, timeout);
    }

    private FakeKafka kafkaThat(Mood mood) {
        return new FakeKafka(mood, taken, MEBIBYTE);
    }

    private void append(String... labels) throws Exception {
        for (String label : labels) {
            log.append(List.of(event(label, ""))).get(1, TimeUnit.MINUTES);
        }
    }

    private static HookEvent event(String label, String reasoning) {
        return Fixtures.event(
                new VoightEvents(),
                "{\"agentId\":\"" + label + "\",\"reasoning\":\"" + reasoning
                        + "\",\"metadata\":{\"sessionId\":\"s1\"}}");
    }

    /** 2,000 characters that RocksDB cannot make smaller, whether they lie in its log or in a table. */
    private static String incompressible(RandomGenerator random) {
        byte[] bytes = new byte[1000];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static HookEvent hugeEvent(String label) {
        HookEvent event = event(label, "");
        event.setReasoning("z".repeat(5000));
        return event;
    }

    private List<String> labels() {
        synchronized (taken) {
            return taken.stream().map(Taken::label).toList();
        }
    }

    private List<String> lastCopies() {
        List<String> labels = labels();
        return IntStream.range(0, labels.size())
                .filter(i -> labels.lastIndexOf(labels.get(i)) == i)
                .mapToObj(labels::get)
                .toList();
    }

    private double meter(String name) {
        return registry.get("muster.spool." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(path -> path.toFile().length()).sum();
        }
    }

    private void deleteSpool() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
