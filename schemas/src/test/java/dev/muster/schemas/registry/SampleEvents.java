/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumWriter;

/** Events and schemas to try the wire format with. */
public final class SampleEvents {

    private SampleEvents() {}

    /** An event with nested records, an emoji and nulls beside. */
    public static HookEvent full(String session) {
        return HookEvents.newBuilder()
                .setId(FactId.request("req-" + session))
                .setAccount("local")
                .setAgentId("c000000000000000000000000")
                .setAgentLabel("bot 🤖")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSessionId(session)
                .setKind(FactKind.MODEL_REQUEST)
                .setSource(Source.SDK)
                .setTimestamp(1_795_363_200_000L)
                .setReceivedAt(1_795_363_200_123L)
                .setModel("claude-sonnet-4-5")
                .setTokens(new Tokens(10L, 20L, 300L, 0L, 4L))
                .setDurationMs(1234L)
                .setGit(new Git("abc", null, null, true))
                .build();
    }

    /** The schema, as a producer that has its file knows it. */
    public static String schema() {
        return HookEventSchema.read().toString();
    }

    /** An event in Avro's JSON. */
    public static String json(HookEvent event) throws IOException {
        Schema schema = HookEventSchema.read();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
        new SpecificDatumWriter<HookEvent>(schema).write(event, encoder);
        encoder.flush();
        return out.toString(UTF_8);
    }

    /** The schema with a field more that has a default, as a newer producer has it. */
    public static String withFieldOfTomorrow() {
        return with(JsonNodeFactory.instance
                .objectNode()
                .put("name", "mood")
                .put("type", "string")
                .put("default", "unknown"));
    }

    /** The schema as nobody can read it beside ours: the id is a number. */
    public static String incompatible() {
        ObjectNode schema = fields();
        ((ObjectNode) schema.withArray("fields").get(0)).put("type", "long");
        return schema.toString();
    }

    private static String with(ObjectNode field) {
        ObjectNode schema = fields();
        ((ArrayNode) schema.get("fields")).add(field);
        return schema.toString();
    }

    private static ObjectNode fields() {
        try {
            return (ObjectNode) new ObjectMapper().readTree(schema());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
