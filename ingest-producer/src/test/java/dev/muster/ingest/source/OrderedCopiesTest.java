/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderedCopiesTest {

    private static final List<String> IDS = List.of("Bash:0", "Bash:1", "call");

    private final OrderedCopies copies = new OrderedCopies();
    private long time = 1_796_000_000_000L;

    @Test
    void anIdOfChanceStays() {
        assertThat(settled(end(Source.HOOK, "toolu_01A09q90qw90lq917835lq9", "p")))
                .isEqualTo("tool-end:toolu_01A09q90qw90lq917835lq9");
    }

    @Test
    void eachHookIsACall() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            ids.add(settled(end(Source.HOOK, "Bash:0", "p")));
        }
        ids.add(settled(end(Source.HOOK, "Bash:0", "q")));
        assertThat(ids).hasSize(4);
    }

    @Test
    void aSourceThatTellsTheSameAgainRepeatsIt() {
        HookEvent first = end(Source.OTLP_LOG, "Bash:0", "p");
        HookEvent second = end(Source.OTLP_LOG, "Bash:0", "p");
        HookEvent again = HookEvent.newBuilder(first).setReceivedAt(time + 5000).build();

        assertThat(settled(first)).isNotEqualTo(settled(second)).isEqualTo(settled(again));
    }

    @Test
    void aKeyOfItsSendersChoiceTellsARepeat() {
        HookEvent first = end(Source.SDK, "t1", "p");
        first.setMetadata("{\"dedupKey\":\"k1\"}");
        HookEvent again = end(Source.SDK, "t1", "p");
        again.setMetadata("{\"dedupKey\":\"k1\"}");
        HookEvent other = end(Source.SDK, "t1", "p");
        other.setMetadata("{\"dedupKey\":\"k2\"}");

        assertThat(settled(again)).isEqualTo(settled(first));
        assertThat(settled(other)).isNotEqualTo(first.getId());
    }

    @Test
    void aPromptHasTheSameIdsAfterARestart() {
        List<String> before =
                List.of(settled(end(Source.HOOK, "Bash:0", "p")), settled(end(Source.HOOK, "Bash:0", "p")));
        OrderedCopies restarted = new OrderedCopies();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            HookEvent copy = end(Source.TRANSCRIPT, "Bash:0", "p");
            restarted.settle(copy);
            after.add(copy.getId());
        }
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aRequestIsToldByItsNumbers() {
        String first = settled(request(Source.TRANSCRIPT, "gw", "p", 1000, 90));
        assertThat(settled(request(Source.TRANSCRIPT, "gw", "p", 1000, 90))).isEqualTo(first);
        String second = settled(request(Source.TRANSCRIPT, "gw", "p", 2000, 90));
        assertThat(second).isNotEqualTo(first);
        assertThat(settled(request(Source.OTLP_LOG, "gw", "p", 2000, 90))).isEqualTo(second);
        assertThat(settled(request(Source.OTLP_LOG, "gw", "p", 1000, 90))).isEqualTo(first);
        // What describes an answer has no numbers, and goes by order.
        HookEvent answer = request(Source.OTLP_LOG, "gw", "p", 0, 0);
        answer.setTokens(null);
        assertThat(settled(answer)).isEqualTo(first);
    }

    @Test
    void aCallsStartAndEndHaveOneOrderAlthoughOnlyOneOfThemKnowsItsPrompt() {
        String start = settled(event(FactKind.TOOL_START, Source.TRANSCRIPT, "Bash:0", null));
        assertThat(settled(end(Source.TRANSCRIPT, "Bash:0", "p"))).isEqualTo(start.replace("start", "end"));
        // Sent again with the lines before it, which name the prompt.
        assertThat(settled(end(Source.HOOK, "Bash:0", "p"))).isEqualTo(start.replace("start", "end"));
        assertThat(settled(end(Source.HOOK, "Bash:0", "p"))).isEqualTo("tool-end:Bash:0\np\n1");
    }

    @Test
    void aCopyWithoutAPromptIsOfOnePromptOnly() {
        String first = settled(end(Source.OTLP_SPAN, "Bash:0", null));
        assertThat(settled(end(Source.HOOK, "Bash:0", "p"))).isEqualTo(first);
        assertThat(settled(end(Source.TRANSCRIPT, "Bash:0", "q"))).isNotEqualTo(first);
        assertThat(settled(end(Source.TRANSCRIPT, "Bash:0", "p"))).isEqualTo(first);
    }

    @Test
    void callsOfASubagentAreNotTheAgents() {
        HookEvent ofSubagent = end(Source.HOOK, "Bash:0", "p");
        ofSubagent.setSubagentId("a1");
        String subagents = settled(ofSubagent);
        String agents = settled(end(Source.HOOK, "Bash:0", "p"));
        assertThat(settled(end(Source.TRANSCRIPT, "Bash:0", "p"))).isEqualTo(agents);
        HookEvent copy = end(Source.TRANSCRIPT, "Bash:0", "p");
        copy.setSubagentId("a1");
        assertThat(settled(copy)).isEqualTo(subagents);
    }

    @Test
    void callsOfOtherToolsAreOthers() {
        HookEvent read = end(Source.HOOK, "call", "p");
        read.setToolName("Read");
        HookEvent bash = end(Source.TRANSCRIPT, "call", "p");
        bash.setToolName("Bash");
        assertThat(settled(bash)).isNotEqualTo(settled(read));
    }

    @Test
    void manyCallsInManyPromptsAreEachToldTwice() {
        Set<String> ids = new HashSet<>();
        for (int time = 0; time < 2; time++) {
            this.time = 1_796_000_000_000L;
            for (int i = 0; i < 6000; i++) {
                ids.add(settled(end(Source.TRANSCRIPT, "Bash:0", "p" + i / 5)));
            }
        }
        assertThat(ids).hasSize(6000);
    }

    @Test
    void requestsWithOneConstantIdAreToldByWhatTheyCameTo() {
        HookEvent failed = request(Source.OTLP_LOG, "gw", "p", 0, 0);
        failed.setTokens(null);
        failed.setOutcome(Outcome.FAILED);
        String failure = settled(failed);
        String success = settled(request(Source.OTLP_LOG, "gw", "p", 1000, 90));
        assertThat(success).isNotEqualTo(failure);
        assertThat(settled(request(Source.TRANSCRIPT, "gw", "p", 1000, 90))).isEqualTo(success);
        assertThat(settled(request(Source.OTLP_SPAN, "gw", "p", 1000, 90))).isEqualTo(success);
    }

    @Test
    void requestsWithoutAnIdAreOneInEachPrompt() {
        List<String> ids = new ArrayList<>();
        for (String prompt : List.of("p", "q", "r", "p")) {
            HookEvent request = request(Source.TRANSCRIPT, "gw", prompt, 1000, 10);
            request.setRequestId(null);
            request.setId(FactId.request(null, "m", request.getTokens()));
            ids.add(settled(request));
        }
        assertThat(new HashSet<>(ids)).hasSize(3);
        assertThat(ids.get(3)).isEqualTo(ids.get(0));
    }

    /** Any mix of sources, one behind the other or at the same time, with or without prompts, repeated as they like. */
    @Property(tries = 300)
    void theKthOfASourceIsTheKthOfAnyOther(@ForAll long seed) {
        Random random = new Random(seed);
        List<String[]> calls = new ArrayList<>();
        for (int prompt = 0; prompt < 1 + random.nextInt(4); prompt++) {
            for (int call = random.nextInt(5); call >= 0; call--) {
                calls.add(new String[] {IDS.get(random.nextInt(IDS.size())), "p" + prompt});
            }
        }
        List<Deque<Runnable>> tellers = new ArrayList<>();
        Map<String, Map<Integer, Set<String>>> idsOfCalls = new HashMap<>();
        Map<String, Map<String, Set<Integer>>> callsOfIds = new HashMap<>();
        for (Source source : List.of(Source.HOOK, Source.OTLP_LOG, Source.TRANSCRIPT, Source.SDK)) {
            boolean knowsPrompts = random.nextInt(4) > 0;
            Deque<Runnable> teller = new ArrayDeque<>();
            List<HookEvent> told = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                int call = i;
                String[] of = calls.get(i);
                for (HookEvent event : List.of(
                        event(FactKind.TOOL_START, source, of[0], knowsPrompts ? of[1] : null),
                        end(source, of[0], knowsPrompts ? of[1] : null))) {
                    HookEvent sent = HookEvent.newBuilder(event).build();
                    told.add(HookEvent.newBuilder(event).build());
                    teller.add(() -> note(sent, call, idsOfCalls, callsOfIds));
                    if (random.nextInt(3) == 0) {
                        int again = random.nextInt(told.size());
                        teller.add(() -> note(told.get(again), again / 2, idsOfCalls, callsOfIds));
                    }
                }
            }
            tellers.add(teller);
        }
        while (!tellers.isEmpty()) {
            int at = random.nextInt(tellers.size());
            tellers.get(at).remove().run();
            tellers.removeIf(Deque::isEmpty);
        }
        assertThat(idsOfCalls.values())
                .allSatisfy(ids -> assertThat(ids.values()).allMatch(all -> all.size() == 1));
        assertThat(callsOfIds.values()).allSatisfy(of -> assertThat(of.values()).allMatch(all -> all.size() == 1));
    }

    private void note(
            HookEvent event,
            int call,
            Map<String, Map<Integer, Set<String>>> idsOfCalls,
            Map<String, Map<String, Set<Integer>>> callsOfIds) {
        HookEvent sent = HookEvent.newBuilder(event).build();
        String id = settled(sent);
        String kind = event.getKind().name();
        idsOfCalls
                .computeIfAbsent(kind, first -> new HashMap<>())
                .computeIfAbsent(call, first -> new HashSet<>())
                .add(id);
        callsOfIds
                .computeIfAbsent(kind, first -> new HashMap<>())
                .computeIfAbsent(id, first -> new HashSet<>())
                .add(call);
    }

    private String settled(HookEvent event) {
        copies.settle(event);
        return event.getId();
    }

    private HookEvent end(Source source, String use, @Nullable String prompt) {
        HookEvent event = event(FactKind.TOOL_END, source, use, prompt);
        event.setOutcome(Outcome.SUCCESS);
        return event;
    }

    private HookEvent request(Source source, String id, String prompt, long input, long output) {
        HookEvent event = event(FactKind.MODEL_REQUEST, source, "unused", prompt);
        event.setToolUseId(null);
        event.setRequestId(id);
        event.setId(FactId.request(id));
        event.setTokens(new Tokens(input, output, 0L, 0L, 0L));
        return event;
    }

    private HookEvent event(FactKind kind, Source source, String use, @Nullable String prompt) {
        time++;
        return HookEvents.newBuilder()
                .setId(kind == FactKind.TOOL_START ? FactId.toolStart(use) : FactId.toolEnd(use))
                .setAccount("acme")
                .setAgentId("c1")
                .setAgentLabel("builder")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSessionId("s")
                .setTraceId(prompt)
                .setKind(kind)
                .setSource(source)
                .setToolUseId(use)
                .setTimestamp(time)
                .setReceivedAt(time)
                .build();
    }
}
