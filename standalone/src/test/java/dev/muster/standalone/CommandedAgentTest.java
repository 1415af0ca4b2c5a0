/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.commands.AgentCommandKey;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.standalone.broker.StandaloneTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command on its way from the topic to what an agent's hooks are answered, and to what is read of it. */
class CommandedAgentTest {

    private static final String ACCOUNT = "local";
    private static final String AGENT = AgentId.of(ACCOUNT, "claude-code:worker");
    private static final ObjectNode HOOK = JsonNodeFactory.instance
            .objectNode()
            .put("session_id", "worker-1")
            .put("hook_event_name", "PreToolUse")
            .put("cwd", "/srv/worker")
            .put("tool_name", "Bash")
            .put("tool_use_id", "t1");

    private final Http http = new Http();

    @Test
    void eachCommandReachesTheCollectorAndTheApi(@TempDir Path data) throws Exception {
        try (Standalone muster = start(data)) {
            assertThat(goesOn(hook(muster))).isTrue();

            command(muster, AgentCommandKind.PAUSE);
            JsonNode stopped = answer(muster, CommandedAgentTest::isStopped).body();
            assertThat(stopped.path("stopReason").textValue()).contains("ana").endsWith("Why: over budget");
            assertThat(stopped.at("/hookSpecificOutput/permissionDecision").textValue())
                    .isEqualTo("deny");
            session(muster, answer -> answer.body().path("status").asText().equals("paused"));

            command(muster, AgentCommandKind.DELETE);
            Http.Answer gone = answer(muster, refused -> refused.status() == 410);
            assertThat(gone.body().path("error").textValue()).isEqualTo("agent_deleted");
            session(muster, answer -> answer.status() == 404);

            command(muster, AgentCommandKind.RESTORE);
            answer(muster, CommandedAgentTest::isStopped);

            command(muster, AgentCommandKind.RESUME);
            answer(muster, CommandedAgentTest::goesOn);
            session(muster, answer -> answer.body().path("status").asText().equals("active"));

            command(muster, AgentCommandKind.PAUSE);
        }
        try (Standalone again = start(data)) {
            assertThat(isStopped(hook(again))).isTrue();
        }
    }

    private static boolean isStopped(Http.Answer answer) {
        return answer.status() == 200 && !answer.body().path("continue").asBoolean(true);
    }

    private static boolean goesOn(Http.Answer answer) {
        return answer.status() == 200 && answer.body().isMissingNode();
    }

    private Http.Answer answer(Standalone muster, Predicate<Http.Answer> expected) {
        return await().atMost(Duration.ofSeconds(30)).until(() -> hook(muster), expected);
    }

    private void session(Standalone muster, Predicate<Http.Answer> expected) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http.get(muster.api().resolve("/v1/me/sessions/worker-1")), expected);
    }

    private Http.Answer hook(Standalone muster) throws Exception {
        return http.post(muster.collector().resolve("/v1/hooks/claude-code"), HOOK);
    }

    private static void command(Standalone muster, AgentCommandKind kind) throws Exception {
        AgentCommandKey key = AgentCommandKey.of(ACCOUNT, AGENT, kind);
        AgentCommand command = new AgentCommand(
                ACCOUNT,
                AGENT,
                null,
                kind,
                null,
                "ana",
                "over budget",
                Instant.now().toEpochMilli());
        int partition = BuiltInPartitioner.partitionForKey(key.partitionBytes(), StandaloneTopics.EVENT_PARTITIONS);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", muster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.AGENT_COMMANDS, partition, key.toBytes(), CommandFormat.write(command)))
                    .get();
        }
    }

    private static Standalone start(Path data) {
        Standalone started = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                data,
                InstantSource.system(),
                folder -> {});
        await().atMost(Duration.ofMinutes(1)).until(started::notReadyBecause, Optional::isEmpty);
        return started;
    }
}
