/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static java.util.Objects.requireNonNull;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.Topics;
import dev.muster.standalone.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {

    private static final String EVENTS = Topics.HOOK_EVENTS;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final EmbeddedBroker broker;
    private final Admin admin;

    TopicsCommandTest(@TempDir Path folder) {
        broker = EmbeddedBroker.start(folder, EmbeddedBroker.choosePort(folder, OptionalInt.empty()));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void itMakesTheTopicsAsItIsTold() throws Exception {
        Map<String, String> settings = Map.of(
                "MUSTER_TOPIC_MIN_INSYNC_REPLICAS",
                "1",
                "MUSTER_TOPIC_RETENTION",
                "P3D",
                "MUSTER_TOPIC_MIN_COMPACTION_LAG",
                "PT5H",
                "MUSTER_TOPIC_COMPACTED_SEGMENT_AGE",
                "PT2H");
        assertThat(run(settings, "--partitions", "3", "--replication", "1")).isZero();

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "TOPIC PARTITIONS REPLICAS STATE",
                        EVENTS + " 3 1 made",
                        Topics.REKEY + " 3 1 made",
                        Topics.DEAD_LETTERS + " 1 1 made",
                        Topics.API_KEYS + " 1 1 made",
                        Topics.SESSION_COMMANDS + " 3 1 made",
                        Topics.AGENT_COMMANDS + " 3 1 made");
        assertThat(partitions(EVENTS)).isEqualTo(3);
        Config config = config(EVENTS);
        assertThat(config.get(RETENTION_MS_CONFIG).value())
                .isEqualTo(String.valueOf(Duration.ofDays(3).toMillis()));
        assertThat(config.get(MIN_IN_SYNC_REPLICAS_CONFIG).value()).isEqualTo("1");
        assertThat(config.get(MIN_IN_SYNC_REPLICAS_CONFIG).isDefault()).isFalse();
        Config commands = config(Topics.SESSION_COMMANDS);
        assertThat(commands.get(MIN_COMPACTION_LAG_MS_CONFIG).value())
                .isEqualTo(String.valueOf(Duration.ofHours(5).toMillis()));
        assertThat(commands.get(SEGMENT_MS_CONFIG).value())
                .isEqualTo(String.valueOf(Duration.ofHours(2).toMillis()));
    }

    @Test
    void whatIsThereStaysAndWhatIsDifferentAboutItIsTold() throws Exception {
        run(Map.of("MUSTER_TOPIC_RETENTION", "P3D"));
        out.getBuffer().setLength(0);

        assertThat(run(Map.of())).isZero();

        assertThat(out.toString()).contains("there already").doesNotContain("made");
        assertThat(out.toString().lines().filter(line -> line.contains("instead")))
                .containsExactly(
                        EVENTS + ": retention.ms is 259200000 instead of 2592000000.",
                        Topics.DEAD_LETTERS + ": retention.ms is 259200000 instead of 2592000000.");
        assertThat(config(EVENTS).get(RETENTION_MS_CONFIG).value()).isEqualTo("259200000");
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedBeforeAnythingIsMade() throws Exception {
        admin.createTopics(List.of(new NewTopic(Topics.AGENT_COMMANDS, 4, (short) 1)))
                .all()
                .get();

        assertThat(run(Map.of())).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "The topic " + Topics.AGENT_COMMANDS + " is there with 4 partitions instead of 6, and the"
                                + " number decides where a session lives: set MUSTER_TOPIC_PARTITIONS to 4, or use another"
                                + " cluster.");
        assertThat(admin.listTopics().names().get()).isEqualTo(Set.of(Topics.AGENT_COMMANDS));
    }

    @Test
    void moreReplicasThanBrokersAreRefused() {
        assertThat(run(Map.of(), "--replication", "3")).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("too few brokers", "MUSTER_TOPIC_REPLICATION");
    }

    @Test
    void fewerReplicasThanMustAcknowledgeAreRefusedBeforeAnythingIsMade() throws Exception {
        assertThat(run(Map.of("MUSTER_TOPIC_MIN_INSYNC_REPLICAS", "2"))).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("MUSTER_TOPIC_MIN_INSYNC_REPLICAS is 2", "1 replica:", "MUSTER_TOPIC_REPLICATION");
        assertThat(admin.listTopics().names().get()).isEmpty();
    }

    @Test
    void aSettingThatIsWrongOrThatNobodyKnowsIsRefused() {
        assertThat(run(Map.of(), "--partitions", "0")).isEqualTo(1);
        assertThat(run(Map.of("MUSTER_TOPIC_PARTITION", "12"))).isEqualTo(1);
        assertThat(run(Map.of("MUSTER_TOPIC_MIN_INSYNC_REPLICAS", "3"), "--replication", "2"))
                .isEqualTo(1);

        assertThat(err.toString().lines()).hasSize(3);
        assertThat(err.toString())
                .contains("MUSTER_TOPIC_PARTITIONS", "MUSTER_TOPIC_PARTITION", "MUSTER_TOPIC_MIN_INSYNC_REPLICAS is 3");
    }

    private int run(Map<String, String> environment, String... options) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("MUSTER_KAFKA_BOOTSTRAP", broker.bootstrapServers());
        String[] arguments = new String[options.length + 1];
        arguments[0] = "topics";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Main.commandLine(all, Path.of(""))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int partitions(String topic) throws Exception {
        return requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .size();
    }

    private Config config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
    }
}
