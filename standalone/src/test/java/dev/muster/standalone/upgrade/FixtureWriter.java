/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a fixture with the build at hand: a data folder to which everything came over HTTP, and what is answered from it.
 * Its arguments are the folder of the collector's recordings and the folder to make. If a data folder is packed there
 * already, only the answers are made anew.
 */
public final class FixtureWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER_KEY = "vk_other_account";
    private static final Instant FIRST_DAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final int DAYS = 7;
    private static final int DEMO_EVENTS = 300;
    /** The moment at which everything is read. The recordings are older, and so is what is made up. */
    private static final Instant READ_AT = Instant.parse("2026-11-30T04:00:00Z");
    /** Sessions that nothing happens to are written to their rows within half a minute. */
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(45);
    /** As long as the state is kept, by the machine's clock: whoever opens the folder must find everything. */
    private static final Map<String, String> SETTINGS =
            Map.of("MUSTER_RETENTION", "P18000D", "MUSTER_TIME_ZONE", "Europe/Berlin");

    private final Path recordings;
    private final SteeredClock clock = new SteeredClock(FIRST_DAY);
    private final Week week = new Week(FIRST_DAY);

    private FixtureWriter(Path recordings) {
        this.recordings = recordings;
    }

    /** Makes one. */
    public static void main(String[] arguments) throws IOException {
        Fixture fixture = new Fixture(Files.createDirectories(Path.of(arguments[1])));
        if (!Files.exists(fixture.data())) {
            write(fixture, Path.of(arguments[0]));
        }
        Path copy = Files.createTempDirectory("muster-fixture");
        fixture.unpack(copy);
        try (Standalone muster = fixture.start(copy)) {
            List<Exchange> exchanges = new Questions(muster.api()).ask();
            fixture.keep(exchanges);
            System.out.println(exchanges.size() + " exchanges in " + fixture.folder());
        }
        System.exit(0);
    }

    private static void write(Fixture fixture, Path recordings) throws IOException {
        FixtureWriter writer = new FixtureWriter(recordings);
        Path data = Files.createTempDirectory("muster-fixture");
        writer.demo(data);
        writer.firstDays(data);
        writer.lastDay(data);
        Files.delete(data.resolve("muster.log"));
        fixture.pack(data);
        List<String> settings = new ArrayList<>(List.of("clock=" + READ_AT));
        new TreeMap<>(SETTINGS).forEach((name, value) -> settings.add(name + "=" + value));
        Files.write(fixture.folder().resolve("settings.properties"), settings);
    }

    /** What was written to its rows long before the folder was closed. */
    private void firstDays(Path data) throws IOException {
        try (Standalone muster = start(data)) {
            Client client = new Client(muster);
            List<ObjectNode> events = new ArrayList<>();
            for (int day = 0; day < DAYS - 1; day++) {
                events.addAll(week.day(day));
            }
            events.addAll(week.odd());
            bulk(client, events);
            for (ObjectNode event : week.large()) {
                client.tell("/v1/events", event);
            }
            record(client);
            keys(client);
            commands(client);
            client.settle();
            await().pollDelay(WRITTEN_WITHIN)
                    .atMost(WRITTEN_WITHIN.multipliedBy(2))
                    .until(() -> true);
        }
    }

    /** The demo's fleet, cut off in the midst of its work. */
    private void demo(Path data) throws IOException {
        clock.set(Instant.parse("2026-11-28T09:00:00Z"));
        try (Standalone muster = start(data)) {
            muster.startDemo();
            Client client = new Client(muster);
            await().atMost(Duration.ofMinutes(1)).until(() -> demoEvents(client), count -> count > DEMO_EVENTS);
        }
    }

    /** What stands in the journal only, or in both. */
    private void lastDay(Path data) throws IOException {
        try (Standalone muster = start(data)) {
            Client client = new Client(muster);
            clock.set(READ_AT.minusSeconds(3000));
            bulk(client, week.day(DAYS - 1));
            client.tell("/v1/events", OTHER_KEY, week.lately(READ_AT).get(0).toString(), "application/json");
            lastCommands(client);
            bulk(client, week.lately(READ_AT));
            waiting(client);
            client.settle();
        }
    }

    private Standalone start(Path data) {
        Map<String, String> environment = new TreeMap<>(SETTINGS);
        environment.put("MUSTER_API_KEYS", OTHER_KEY + "=other");
        return Fixture.start(environment, data, clock);
    }

    private static int demoEvents(Client client) throws IOException {
        return client.read("events?format=ndjson&from=2026-11-28T07:59:00Z&to=2026-11-28T09:30:00Z")
                .body()
                .split("muster-demo", -1)
                .length;
    }

    private static void bulk(Client client, List<ObjectNode> events) throws IOException {
        for (int from = 0; from < events.size(); from += 200) {
            client.tellLines(
                    "/v1/events/bulk",
                    events.subList(from, Math.min(events.size(), from + 200)).stream()
                            .map(ObjectNode::toString)
                            .toList());
        }
    }

    private void record(Client client) throws IOException {
        each("claude-code/hooks.ndjson", client, "/v1/hooks/claude-code");
        each("claude-code/otlp-logs.ndjson", client, "/v1/logs");
        each("claude-code/otlp-traces.ndjson", client, "/v1/traces");
        client.tellLines("/v1/transcripts/claude-code", lines("claude-code/transcript.jsonl"));
        client.tellLines("/v1/transcripts/claude-code", lines("claude-code/subagent-transcript.jsonl"));
        each("codex/otlp-logs-app-server.ndjson", client, "/v1/logs");
        for (String file : List.of("voight-sdk/claude-code-standard.ndjson", "voight-sdk/library-mode.ndjson")) {
            for (String line : lines(file)) {
                // One of the recorded bodies is refused, as it was then.
                client.offer("/v1/events", Standalone.LOCAL_KEY, line, "application/json");
            }
        }
    }

    private void each(String file, Client client, String path) throws IOException {
        for (String line : lines(file)) {
            JsonNode recorded = JSON.readTree(line);
            if (recorded.has("receivedAt")) {
                clock.set(Instant.ofEpochMilli(recorded.path("receivedAt").longValue()));
            }
            client.tell(path, recorded.path("body"));
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(recordings.resolve(file), UTF_8);
    }

    private void keys(Client client) throws IOException {
        clock.set(Instant.parse("2026-11-27T10:00:00Z"));
        String secret = client.command(
                        "POST",
                        "keys",
                        "{\"label\": \"ci runners\", \"agent\": \"bound-bot\", \"privacy\": \"standard\"}")
                .path("secret")
                .textValue();
        clock.pass(Duration.ofHours(1));
        String body = new Told("bound-bot", "sent-with-a-key", clock.instant())
                .prompt("k1", "With a key")
                .call("Bash", "ls", 9)
                .events()
                .get(0)
                .toString();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.offer("/v1/events", secret, body, "application/json")
                                .status()
                        == 202);
        clock.pass(Duration.ofHours(1));
        client.command("POST", "keys", "{\"label\": \"Schlüssel «2»\"}");
        clock.pass(Duration.ofHours(1));
        String revoked = client.command("POST", "keys", "{\"label\": \"lost\", \"privacy\": \"minimal\"}")
                .path("id")
                .textValue();
        clock.pass(Duration.ofHours(1));
        client.command("DELETE", "keys/" + revoked, "");
    }

    private void commands(Client client) throws IOException {
        clock.set(Instant.parse("2026-11-27T18:00:00Z"));
        client.command("POST", "test-event", "");
        client.eventually("agents/muster:test", agent -> agent.has("id"));
        client.eventually(
                "sessions/failed-and-known", session -> session.path("errors").intValue() == 1);
        client.eventually(
                "sessions/failed-known-and-not",
                session -> session.path("errors").intValue() == 1);
        client.command("POST", "sessions/failed-and-known/acknowledge", "{\"reason\": \"known, mended in 1.4\"}");
        client.command("POST", "sessions/failed-known-and-not/acknowledge", "");
        client.eventually(
                "sessions/failed-known-and-not",
                session -> session.path("acknowledgedAt").isTextual());
        clock.pass(Duration.ofMinutes(1));
        client.command("DELETE", "sessions/failed-known-and-not/acknowledge", "");
        client.command("PATCH", "agents/deployer", "{\"displayName\": \"Deployer, the «first»\"}");
        client.command("PATCH", "agents/night-shift", "{\"displayName\": \"Night\"}");
        clock.pass(Duration.ofMinutes(1));
        client.command("PATCH", "agents/night-shift", "{\"displayName\": null}");
        client.command("DELETE", "agents/retired", "{\"reason\": \"no longer needed\"}");
        client.command("DELETE", "agents/back-again", "");
        client.command("POST", "agents/trader/pause", "{\"reason\": \"over budget\"}");
        clock.pass(Duration.ofMinutes(1));
        client.command("POST", "agents/back-again/restore", "{\"reason\": \"was needed\"}");
        client.command("DELETE", "agents/trader/pause", "{\"reason\": \"paid\"}");
    }

    private void lastCommands(Client client) throws IOException {
        client.tell(
                "/v1/events",
                new Told("paused-one", "of-a-paused-agent", READ_AT.minusSeconds(1300))
                        .prompt("p0", "Ask")
                        .events()
                        .get(0));
        client.eventually("agents/paused-one", agent -> agent.has("id"));
        client.command("POST", "agents/paused-one/pause", "{\"reason\": \"=spends too much\"}");
        client.command("DELETE", "agents/muster:test", "");
    }

    /** A hook's agent that waits for its user, and another that goes on. */
    private void waiting(Client client) throws IOException {
        for (String session : List.of("waits", "waited")) {
            clock.set(READ_AT.minusSeconds(150));
            tellHook(client, hook(session, "UserPromptSubmit").put("prompt", "Ask me"));
            clock.pass(Duration.ofSeconds(20));
            tellHook(
                    client,
                    hook(session, "Notification")
                            .put("notification_type", "permission_prompt")
                            .put("message", "Claude needs your permission to use Bash"));
        }
        clock.pass(Duration.ofSeconds(20));
        tellHook(
                client,
                hook("waited", "PostToolUse")
                        .put("tool_name", "Bash")
                        .put("tool_use_id", "w1")
                        .put("duration_ms", 12));
    }

    private static ObjectNode hook(String session, String name) {
        return JSON.createObjectNode()
                .put("session_id", session)
                .put("cwd", "/home/dev/" + session)
                .put("prompt_id", session + "-p")
                .put("hook_event_name", name);
    }

    private static void tellHook(Client client, ObjectNode body) throws IOException {
        client.tell("/v1/hooks/claude-code", body);
    }
}
