/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.ingest.spool.FakeKafka.Mood;
import dev.muster.ingest.spool.FakeKafka.Taken;
import dev.muster.ingest.voight.VoightEvents;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.registry.Framing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever Kafka does, and however the collector ends: what was acknowledged arrives, in order. */
class SpoolPropertyTest {

    /** What may happen. */
    private enum Act {
        EVENT,
        ANOTHER_EVENT,
        ALL_ANSWERED,
        KAFKA_TAKES,
        KAFKA_FAILS,
        KAFKA_STALLS,
        STOP,
        CRASH
    }

    private record Sent(String key, String label, CompletableFuture<Void> durable) {}

    /** A collector's log, which may end and begin anew on what it left on disk. */
    private static final class World implements AutoCloseable {

        private static final Duration SHORT = Duration.ofMillis(20);

        private final Path root = Files.createTempDirectory("muster-spool");
        private final List<Taken> taken = new ArrayList<>();
        private final List<Sent> sent = new ArrayList<>();
        private Mood mood = Mood.TAKES;
        private int incarnation;
        private FakeKafka kafka;
        private SpoolingEventLog log;

        World() throws IOException {
            kafka = new FakeKafka(mood, taken, Integer.MAX_VALUE);
            log = open();
        }

        void act(Act act) throws IOException {
            switch (act) {
                case EVENT -> send("s1");
                case ANOTHER_EVENT -> send("s2");
                case ALL_ANSWERED ->
                    await().until(() ->
                            sent.stream().allMatch(event -> event.durable().isDone()));
                case KAFKA_TAKES -> be(Mood.TAKES);
                case KAFKA_FAILS -> be(Mood.FAILS);
                case KAFKA_STALLS -> be(Mood.STALLS);
                case STOP -> {
                    log.close();
                    begin();
                }
                case CRASH -> crash();
            }
        }

        /** Those that were acknowledged, by key, in the order in which they came. */
        Map<String, List<String>> acknowledged() {
            return sent.stream()
                    .filter(event -> event.durable().isDone()
                            && !event.durable().isCompletedExceptionally()
                            && !event.durable().isCancelled())
                    .collect(groupingBy(Sent::key, mapping(Sent::label, toList())));
        }

        /** The last copies of what Kafka has under a key, in its order. */
        List<String> arrived(String key) {
            synchronized (taken) {
                List<String> labels = taken.stream()
                        .filter(one -> one.key().endsWith(key))
                        .map(Taken::label)
                        .toList();
                List<String> last = new ArrayList<>();
                for (int i = 0; i < labels.size(); i++) {
                    if (labels.lastIndexOf(labels.get(i)) == i) {
                        last.add(labels.get(i));
                    }
                }
                return last;
            }
        }

        void settle() throws IOException {
            act(Act.KAFKA_TAKES);
            await().until(() -> log.note().isEmpty());
            act(Act.ALL_ANSWERED);
        }

        @Override
        public void close() throws IOException {
            log.close();
            delete(root);
        }

        private void be(Mood other) {
            mood = other;
            kafka.be(other);
        }

        private void send(String session) {
            String label = "e" + sent.size();
            HookEvent event = Fixtures.event(
                    new VoightEvents(),
                    "{\"agentId\":\"" + label + "\",\"metadata\":{\"sessionId\":\"" + session + "\"}}");
            sent.add(new Sent(session, label, log.append(List.of(event))));
        }

        /** The next collector finds the files as they are at this moment, and nobody hears of the first one again. */
        private void crash() throws IOException {
            kafka.die();
            sent.forEach(event -> event.durable().cancel(false));
            Path left = folder();
            incarnation++;
            copyUnchanged(left, folder());
            log.close();
            kafka = new FakeKafka(mood, taken, Integer.MAX_VALUE);
            log = open();
        }

        private void begin() {
            kafka = new FakeKafka(mood, taken, Integer.MAX_VALUE);
            log = open();
        }

        private SpoolingEventLog open() {
            return new SpoolingEventLog(
                    new KafkaEventLog(kafka, Framing.of(Optional.empty()), SHORT),
                    new SpoolConfig(folder(), 1024 * 1024, SHORT),
                    SHORT,
                    InstantSource.system());
        }

        private Path folder() {
            return root.resolve("spool" + incarnation);
        }

        /** A copy of one moment: as long as the files change meanwhile, it is made again. */
        private static void copyUnchanged(Path from, Path to) throws IOException {
            Map<String, Long> before;
            do {
                before = sizes(from);
                delete(to);
                Files.createDirectories(to);
                for (String name : before.keySet()) {
                    try {
                        Files.copy(from.resolve(name), to.resolve(name));
                    } catch (NoSuchFileException e) {
                        before = Map.of();
                    }
                }
            } while (!before.equals(sizes(from)));
        }

        private static Map<String, Long> sizes(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.collect(toMap(
                        file -> file.getFileName().toString(),
                        file -> file.toFile().length()));
            }
        }

        private static void delete(Path root) throws IOException {
            if (Files.exists(root)) {
                try (Stream<Path> paths = Files.walk(root)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void whatWasAcknowledgedArrivesInOrder(@ForAll("acts") List<Act> acts) throws Exception {
        try (World world = new World()) {
            for (Act act : acts) {
                world.act(act);
            }
            world.settle();
            world.acknowledged()
                    .forEach((key, labels) -> assertThat(world.arrived(key))
                            .filteredOn(labels::contains)
                            .isEqualTo(labels));
        }
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        return Arbitraries.frequency(
                        Tuple.of(6, Act.EVENT),
                        Tuple.of(4, Act.ANOTHER_EVENT),
                        Tuple.of(2, Act.ALL_ANSWERED),
                        Tuple.of(2, Act.KAFKA_TAKES),
                        Tuple.of(2, Act.KAFKA_FAILS),
                        Tuple.of(2, Act.KAFKA_STALLS),
                        Tuple.of(1, Act.STOP),
                        Tuple.of(1, Act.CRASH))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }
}
