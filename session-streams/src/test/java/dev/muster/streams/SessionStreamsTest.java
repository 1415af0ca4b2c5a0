/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.schemas.Topics;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.shard.InstanceReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The runner, from its start to its end. */
class SessionStreamsTest {

    private final Path dir;

    private final Fleet fleet = new Fleet(4);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final InstantSource clock = fleet::start;

    SessionStreamsTest(@TempDir Path dir) {
        this.dir = dir;
    }

    private SessionStreamsConfig config(String bootstrap) {
        return Instance.config(bootstrap, dir, "a", 0);
    }

    private boolean answers(SessionStreams streams, Answers expected) {
        try {
            return Answers.of(new InstanceReader(streams.reader(), streams.accounts()))
                    .equals(expected);
        } catch (NotReadyException e) {
            return false;
        }
    }

    @Test
    void a_healthy_run_warns_of_nothing() throws Exception {
        try (Broker broker = Broker.withTopics(2)) {
            Answers all = Answers.expected(fleet, fleet.turns(0, 2));
            List<ILoggingEvent> said = logged(() -> {
                SessionStreams streams =
                        SessionStreams.start(config(broker.bootstrap()), registry, clock, new AgentControls());
                try (streams) {
                    Waiting.until("the stores", () -> streams.notReadyBecause().isEmpty());
                    broker.send(fleet.turns(0, 2));
                    Waiting.until("the sessions", () -> answers(streams, all));
                    Waiting.until("the commit", broker::isCommitted);
                }
                assertThat(streams.notReadyBecause()).contains("The topology is shutting down.");
                assertThatThrownBy(() -> Answers.of(new InstanceReader(streams.reader(), streams.accounts())))
                        .isInstanceOf(NotReadyException.class);
            });
            assertThat(said).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
            assertThat(registry.get("muster.sessions.events").tag("outcome", "new").counters().stream()
                            .mapToDouble(counter -> counter.count())
                            .sum())
                    .isEqualTo(24);
        }
    }

    @ParameterizedTest(name = "transactional stores: {0}")
    @ValueSource(booleans = {false, true})
    void a_thread_that_fails_in_a_flush_is_replaced_and_half_a_flush_never_committed(boolean transactional)
            throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        try (Broker broker = Broker.withTopics(1);
                SessionStreams streams = SessionStreams.start(
                        Instance.config(broker.bootstrap(), dir, "a", 0, transactional),
                        Instance.eager(1, WatchedRows.flushed(store -> {
                            if (armed.get() && writes.incrementAndGet() == 6) {
                                throw new TaskCorruptedException(Set.of(new TaskId(0, 0)));
                            }
                        })),
                        registry,
                        clock,
                        new AgentControls())) {
            broker.send(fleet.turn(0));
            Waiting.until("the first turn", broker::isCommitted);
            armed.set(true);
            broker.send(fleet.turns(1, 4));

            Waiting.until("the commit", () -> writes.get() >= 6 && broker.isCommitted());
            Answers all = Answers.expected(fleet, fleet.turns(0, 4));
            Waiting.until("the sessions", () -> answers(streams, all));
            assertThat(streams.notReadyBecause()).isEmpty();
        }
    }

    @Test
    void topics_that_are_not_there_or_do_not_fit_stop_the_start() throws Exception {
        try (Broker broker = Broker.start()) {
            assertStopped(config(broker.bootstrap()), "not all are on the broker at " + broker.bootstrap());
            broker.create(Topics.HOOK_EVENTS, 3, "LogAppendTime");
            broker.create(Topics.REKEY, 2, "CreateTime");
            broker.create(Topics.SESSION_COMMANDS, 3, "LogAppendTime");
            broker.create(Topics.AGENT_COMMANDS, 3, "LogAppendTime");
            assertStopped(config(broker.bootstrap()), "not all are on the broker");
            broker.create(Topics.DEAD_LETTERS, 1, "CreateTime");
            assertStopped(
                    config(broker.bootstrap()),
                    "The topic muster.hook-events has 3 partitions and muster.rekey has 2: create both with as many.");
        }
    }

    @Test
    void an_unknown_price_file_stops_the_start() {
        SessionStreamsConfig config = config("127.0.0.1:1");
        assertStopped(
                new SessionStreamsConfig(
                        config.bootstrap(),
                        config.stateDir(),
                        config.instanceId(),
                        config.commitInterval(),
                        config.retention(),
                        config.zones(),
                        Optional.of(dir.resolve("prices.json")),
                        1,
                        0,
                        Optional.empty(),
                        1 << 20,
                        1 << 20,
                        false),
                dir.resolve("prices.json").toString());
    }

    @Test
    void a_broker_that_does_not_answer_stops_the_start() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String bootstrap = "127.0.0.1:" + silent.getLocalPort();
            assertThatThrownBy(() -> EventTopics.partitions(bootstrap, Duration.ofMillis(300)))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage("Kafka at " + bootstrap + " does not answer; MUSTER_KAFKA_BOOTSTRAP says where it is.");
        }
        assertStopped(config("no address"), "Kafka at no address does not answer");
    }

    private void assertStopped(SessionStreamsConfig config, String message) {
        assertThatThrownBy(() -> SessionStreams.start(config, registry, clock, new AgentControls())
                        .close())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "Exception");
    }

    private interface Step {
        void run() throws Exception;
    }

    /** What is logged at WARN and above meanwhile. */
    private static List<ILoggingEvent> logged(Step step) throws Exception {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.setContext(logback);
        appender.start();
        logback.getLogger("ROOT").addAppender(appender);
        try {
            step.run();
        } finally {
            logback.getLogger("ROOT").detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                // That a test's state is in a folder for temporary files.
                .filter(event -> !event.getFormattedMessage().startsWith("Using an OS temp directory"))
                .toList();
    }
}
