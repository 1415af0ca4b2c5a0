/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ClaudeCodeConnectionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final URI COLLECTOR = URI.create("http://127.0.0.1:4999");
    private static final URI ANOTHER = URI.create("https://muster.example");

    @Property(tries = 500)
    void undoesExactlyWhatItDid(@ForAll("settings") ObjectNode before, @ForAll boolean force) {
        ObjectNode connected = connect(before, COLLECTOR, force);
        assertThat(connected).isNotEqualTo(before);
        assertThat(ClaudeCodeConnection.undo(connected).toPrettyString()).isEqualTo(before.toPrettyString());
    }

    @Property(tries = 500)
    void connectsTwiceAsOnceAndElsewhereAsIfNeverBefore(@ForAll("settings") ObjectNode before, @ForAll boolean force) {
        ObjectNode connected = connect(before, COLLECTOR, force);
        assertThat(connect(connected, COLLECTOR, force).toPrettyString()).isEqualTo(connected.toPrettyString());
        assertThat(connect(connected, ANOTHER, force)).isEqualTo(connect(before, ANOTHER, force));
    }

    @Test
    void keepsWhatTheUserAddedOrChangedSince() throws JsonProcessingException {
        ObjectNode connected = connect(object("{}"), COLLECTOR, false);
        connected.withArray("/hooks/Stop/0/hooks").add(object("{'type':'command','command':'beep'}"));
        connected.withObject("/env").put("OTEL_EXPORTER_OTLP_ENDPOINT", "https://other.example");
        connected.put("model", "opus");
        assertThat(ClaudeCodeConnection.undo(connected))
                .isEqualTo(object("{'hooks':{'Stop':[{'hooks':[{'type':'command','command':'beep'}]}]},"
                        + "'env':{'OTEL_EXPORTER_OTLP_ENDPOINT':'https://other.example'},'model':'opus'}"));
    }

    @Test
    void leavesTelemetryThatGoesElsewhereAlone() throws JsonProcessingException {
        ObjectNode before = object("{'env':{'OTEL_EXPORTER_OTLP_ENDPOINT':'https://other.example'}}");
        ClaudeCodeConnection.Connected connected = connected(before, COLLECTOR, false);
        assertThat(connected.conflicts()).containsExactly("OTEL_EXPORTER_OTLP_ENDPOINT");
        // Our key must not go there.
        assertThat(connected.settings().get("env")).isEqualTo(before.get("env"));
        assertThat(connected.settings().get("hooks")).isNotEmpty();
        assertThat(connect(before, COLLECTOR, true)
                        .at("/env/OTEL_EXPORTER_OTLP_ENDPOINT")
                        .asText())
                .isEqualTo(COLLECTOR.toString());
    }

    @Test
    void takesOutHooksThatWerePutInByHand() throws JsonProcessingException {
        ObjectNode byHand = object("{}");
        byHand.set("hooks", JSON.valueToTree(ClaudeCodeSettings.hooks(ANOTHER, "vk_old")));
        assertThat(ClaudeCodeConnection.undo(byHand)).isEqualTo(object("{}"));
    }

    @Test
    void refusesWhatIsNotClaudeCodes() throws JsonProcessingException {
        ObjectNode list = object("{'hooks':[]}");
        assertThatThrownBy(() -> connect(list, COLLECTOR, false)).hasMessage("its hooks is no object");
        ObjectNode text = object("{'hooks':{'Stop':'x'}}");
        assertThatThrownBy(() -> connect(text, COLLECTOR, false)).hasMessage("its hooks for Stop are no list");
    }

    @Provide
    Arbitrary<ObjectNode> settings() {
        Arbitrary<String> handler = Arbitraries.of(
                "{'type':'command','command':'beep'}", "{'type':'http','url':'https://other.example/hook'}", "{}");
        Arbitrary<List<String>> groups = handler.list()
                .ofMaxSize(2)
                .map(list -> "{'matcher':'','hooks':[" + String.join(",", list) + "]}")
                .list()
                .ofMaxSize(2);
        Arbitrary<String> hooks = Arbitraries.maps(Arbitraries.of("Stop", "PreToolUse", "WorktreeCreate"), groups)
                .ofMaxSize(3)
                .map(byEvent -> {
                    Map<String, String> texts = new HashMap<>();
                    byEvent.forEach((event, list) -> texts.put(event, "[" + String.join(",", list) + "]"));
                    return member("hooks", texts);
                });
        Arbitrary<String> env = Arbitraries.maps(
                        Arbitraries.of(
                                "OTEL_LOGS_EXPORTER",
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "OTEL_LOGS_EXPORT_INTERVAL",
                                "CLAUDE_CODE_ENABLE_TELEMETRY",
                                "PATH/~x"),
                        Arbitraries.of("'otlp'", "'1'", "'http://127.0.0.1:4999'", "1", "'a \\\"b\\\"'"))
                .ofMaxSize(4)
                .map(variables -> member("env", variables));
        return Combinators.combine(hooks.injectNull(0.2), env.injectNull(0.2), Arbitraries.of("", "'model':'opus'"))
                .as((first, second, third) -> {
                    List<String> members = Stream.of(first, third, second)
                            .filter(text -> text != null && !text.isEmpty())
                            .toList();
                    return parse("{" + String.join(",", members) + "}");
                });
    }

    private static String member(String name, Map<String, String> texts) {
        return "'" + name + "':{"
                + String.join(
                        ",",
                        texts.entrySet().stream()
                                .map(entry -> "'" + entry.getKey() + "':" + entry.getValue())
                                .toList())
                + "}";
    }

    private static ObjectNode connect(ObjectNode before, URI collector, boolean force) {
        return connected(before, collector, force).settings();
    }

    private static ClaudeCodeConnection.Connected connected(ObjectNode before, URI collector, boolean force) {
        return ClaudeCodeConnection.connect(
                before,
                ClaudeCodeSettings.hooks(collector, "vk_test"),
                ClaudeCodeSettings.telemetry(collector, "vk_test"),
                force);
    }

    private static ObjectNode object(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    private static ObjectNode parse(String text) {
        try {
            return object(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
