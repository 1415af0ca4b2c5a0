/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.InvalidCursorException;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceFilter;
import dev.muster.streams.read.gather.Budgets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What is searched for in an account, by any filter and in any order, page by page, is what is found by looking at each
 * session alone: over several partitions, wherever the sessions are.
 */
class SearchTest {

    private static final String ACCOUNT = "local";
    private static final long MINUTE = 60_000;
    private static final List<String> MODELS =
            List.of("claude-sonnet-4-5-20250929", "claude-opus-4-1", "no-such-model");
    private static final List<String> TOOLS = List.of("Bash", "Read", "Edit");
    private static final List<String> TEXTS = List.of("fix the build", "Write a test", "explain");

    private final AgentControls controls = new AgentControls();
    private final Set<String> told = new HashSet<>();

    @Property(tries = 100)
    void sessions(@ForAll Random random) {
        SpreadSessions stores = told(random);
        InstanceReader each = InstanceReader.of(stores, controls, () -> Sessions.NOW);
        SessionFilter filter = filter(random);
        int budget = 1 + random.nextInt(30);
        int limit = 1 + random.nextInt(9);
        AccountReader search = search(stores, budget);

        for (SessionSort sort : SessionSort.values()) {
            List<SessionView> expected = told.stream()
                    .flatMap(id -> each.session(ACCOUNT, id).stream())
                    .filter(session -> fits(session, filter))
                    .sorted(comparingLong(value(sort)).reversed().thenComparing(SessionView::id))
                    .toList();

            assertThat(walk(cursor -> search.sessions(ACCOUNT, filter, sort, limit, cursor), limit))
                    .as("%s by %s", filter, sort)
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 100)
    void traces(@ForAll Random random) {
        SpreadSessions stores = told(random);
        InstanceReader each = InstanceReader.of(stores, controls, () -> Sessions.NOW);
        TraceFilter filter = new TraceFilter(since(random), agent(random), text(random));
        int budget = 1 + random.nextInt(30);
        int limit = 1 + random.nextInt(9);
        AccountReader search = search(stores, budget);

        List<SessionTraceView> all = told.stream()
                .flatMap(id -> each.session(ACCOUNT, id).stream())
                .flatMap(session ->
                        each.traces(ACCOUNT, session.id(), 1000, Optional.empty()).orElseThrow().items().stream()
                                .map(trace -> new SessionTraceView(
                                        session.id(), session.agentId(), session.agentName(), trace)))
                .sorted(comparing((SessionTraceView trace) -> trace.trace().startedAt())
                        .reversed()
                        .thenComparing(SessionTraceView::session)
                        .thenComparing(trace -> trace.trace().id(), reverseOrder()))
                .toList();

        assertThat(walk(cursor -> search.traces(ACCOUNT, filter, limit, cursor), limit))
                .as("%s", filter)
                .isEqualTo(all.stream().filter(trace -> fits(trace, filter)).toList());
        for (SessionTraceView trace : all) {
            assertThat(search.trace(ACCOUNT, trace.trace().id())).contains(trace);
        }
        assertThat(search.trace(ACCOUNT, "no such trace")).isEmpty();
        assertThat(search.trace("another", "t-s0-0")).isEmpty();
    }

    @Example
    void a_traces_id_that_two_sessions_have_is_the_one_of_the_later() {
        SpreadSessions stores = new SpreadSessions(3, 64 << 20);
        for (String session : List.of("early", "late", "later")) {
            stores.tell(Sessions.event(FactId.prompt("p"), FactKind.PROMPT, session.length() * 1000L)
                    .setSessionId(session)
                    .setTraceId(session.equals("later") ? "other" : "same")
                    .build());
        }
        stores.tell(Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 9000)
                .setSessionId("early")
                .build());
        AccountReader search = search(stores, 10);

        assertThat(search.trace(ACCOUNT, "same")).map(SessionTraceView::session).contains("early");
    }

    @Example
    void a_page_of_traces_opens_the_sessions_that_have_begun_one_lately() {
        PartitionTask task = new PartitionTask(Duration.ZERO);
        for (int i = 0; i < 500; i++) {
            HookEvent prompt = Sessions.event(FactId.prompt("p" + i), FactKind.PROMPT, i * 1000L)
                    .setSessionId("s" + i)
                    .setTraceId("t" + i)
                    .build();
            task.append(prompt, prompt.getTimestamp());
        }
        for (int i = 0; i < 490; i++) {
            // They go on, in the traces that they have begun long ago.
            HookEvent more = Sessions.event(FactId.dedupKey("k" + i), FactKind.OTHER, 1_000_000L + i)
                    .setSessionId("s" + i)
                    .setTraceId("t" + i)
                    .build();
            task.append(more, more.getTimestamp());
        }
        task.commit();
        task.evict(0);
        task.commit();
        AccountReader search = InstanceReader.accounts(
                new OnePartition(() -> task.read(false)), new AgentControls(), () -> Sessions.NOW, Budgets.DEFAULT);
        task.sessions.took("get");

        assertThat(search.traces(
                                ACCOUNT,
                                new TraceFilter(Optional.empty(), Optional.empty(), Optional.empty()),
                                5,
                                Optional.empty())
                        .items())
                .extracting(SessionTraceView::session)
                .containsExactly("s499", "s498", "s497", "s496", "s495");
        assertThat(task.sessions.took("get")).isLessThanOrEqualTo(14);
        assertThat(search.trace(ACCOUNT, "t7")).map(SessionTraceView::session).contains("s7");
        assertThat(task.sessions.took("get")).isLessThanOrEqualTo(8);
    }

    @Example
    void a_cursor_of_another_order_or_list_is_refused() {
        SpreadSessions stores = told(new Random(5));
        AccountReader sessions = search(stores, 100);
        AccountReader traces = search(stores, 100);
        Optional<String> byCost = sessions.sessions(ACCOUNT, SessionFilter.ALL, SessionSort.COST, 1, Optional.empty())
                .nextCursor();
        TraceFilter any = new TraceFilter(Optional.empty(), Optional.empty(), Optional.empty());
        // The letter of the list, a number, and a text that tells of a longer session id than there is.
        Optional<String> broken = Optional.of("YQAAAAAAAAABOTpz");

        assertThat(byCost).isPresent();
        assertThatThrownBy(() -> sessions.sessions(ACCOUNT, SessionFilter.ALL, SessionSort.TOKENS, 1, byCost))
                .isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> traces.traces(ACCOUNT, any, 1, byCost)).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> traces.traces(ACCOUNT, any, 1, broken)).isInstanceOf(InvalidCursorException.class);
    }

    /** None, enough for some sessions, and for all. */
    private static final List<Long> INDEX_BYTES = List.of(0L, 6_000L, 64L << 20, 64L << 20);

    private AccountReader search(SpreadSessions stores, int budget) {
        return InstanceReader.accounts(stores, controls, () -> Sessions.NOW, new Budgets(budget, 2));
    }

    /** Sessions of three agents, of which one may be renamed, one paused and one deleted, over three hours. */
    private SpreadSessions told(Random random) {
        SpreadSessions stores = new SpreadSessions(
                1 + random.nextInt(3), random.nextBoolean() ? 40_000 : 64 << 20, () -> oneOf(INDEX_BYTES, random));
        told.clear();
        for (int agent = 0; agent < 3; agent++) {
            command(agent, oneOf(AgentCommandKind.values(), random));
        }
        // With many, those that come in the order of their activity come in several lots.
        int sessions = 1 + random.nextInt(random.nextInt(4) == 0 ? 250 : 25);
        for (int i = random.nextInt(400); i >= 0; i--) {
            HookEvent event = event(random.nextInt(sessions), i, random);
            told.add(String.valueOf(event.getSessionId()));
            stores.tell(event);
            if (random.nextInt(20) == 0) {
                stores.write(event, random.nextBoolean());
            }
        }
        return stores;
    }

    private void command(int agent, AgentCommandKind kind) {
        controls.add(AgentCommand.newBuilder()
                .setAccount(ACCOUNT)
                .setAgentId(idOf(agent))
                .setKind(kind)
                .setName(kind == AgentCommandKind.RENAME ? "The Builder" : null)
                .setBy("somebody")
                .setAt(Sessions.T)
                .build());
    }

    private static String idOf(int agent) {
        return "c00000000000000000000000" + agent;
    }

    private static HookEvent event(int session, int n, Random random) {
        // Some at the same moment: the order must not stop there.
        long time = -(random.nextInt(180 * 60) / (1 + session % 3)) * 1000L;
        HookEvent.Builder event = switch (random.nextInt(4)) {
            case 0 ->
                Sessions.event(FactId.prompt("p" + n), FactKind.PROMPT, time)
                        .setTraceId("t-s" + session + "-" + random.nextInt(12))
                        .setPrompt(oneOf(TEXTS, random) + " " + n);
            case 1 ->
                Sessions.event(FactId.request("r" + n), FactKind.MODEL_REQUEST, time)
                        .setModel(oneOf(MODELS, random))
                        .setTokens(Tokens.newBuilder()
                                .setInput(random.nextInt(3) * 1000L)
                                .build());
            case 2 ->
                Sessions.event(FactId.toolEnd("u" + n), FactKind.TOOL_END, time)
                        .setToolName(oneOf(TOOLS, random))
                        .setDurationMs((long) random.nextInt(3) * 1000)
                        .setOutcome(random.nextInt(8) == 0 ? Outcome.FAILED : Outcome.SUCCESS);
            default ->
                Sessions.event(FactId.dedupKey("k" + n), FactKind.OTHER, time)
                        .setTitle(random.nextInt(5) == 0 ? oneOf(TEXTS, random) : null);
        };
        return event.setSessionId("s" + session)
                .setAgentId(idOf(session % 3))
                .setAgentLabel("claude-code:" + session % 3)
                .build();
    }

    private static SessionFilter filter(Random random) {
        return new SessionFilter(
                since(random),
                agent(random),
                maybe(random, oneOf(Status.values(), random)),
                maybe(random, oneOf(MODELS, random)),
                maybe(random, oneOf(TOOLS, random)),
                text(random));
    }

    private static Optional<Instant> since(Random random) {
        return maybe(random, Sessions.NOW.minusMillis(random.nextInt(180) * MINUTE));
    }

    private static Optional<String> agent(Random random) {
        return maybe(random, idOf(random.nextInt(3)));
    }

    private static Optional<String> text(Random random) {
        return maybe(random, oneOf(List.of("FIX", "test", "the b", "code:1", "nothing of this"), random));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextInt(4) == 0 ? Optional.of(value) : Optional.empty();
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> T oneOf(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static boolean fits(SessionView session, SessionFilter filter) {
        return filter.since()
                        .map(since -> !session.lastEventAt().isBefore(since))
                        .orElse(true)
                && filter.agentId().map(session.agentId()::equals).orElse(true)
                && filter.status().map(session.status()::equals).orElse(true)
                && filter.model().map(session.figures().models()::contains).orElse(true)
                && filter.tool()
                        .map(name -> session.figures().tools().stream()
                                .anyMatch(tool -> tool.name().equals(name)))
                        .orElse(true)
                && filter.text()
                        .map(text -> isIn(session.title().orElse(""), text))
                        .orElse(true);
    }

    private static boolean fits(SessionTraceView trace, TraceFilter filter) {
        return filter.since()
                        .map(since -> !trace.trace().startedAt().isBefore(since))
                        .orElse(true)
                && filter.agentId().map(trace.agentId()::equals).orElse(true)
                && filter.text()
                        .map(text -> isIn(trace.trace().prompt().orElse(""), text)
                                || isIn(trace.trace().id(), text)
                                || isIn(trace.agentName(), text))
                        .orElse(true);
    }

    private static boolean isIn(String whole, String text) {
        return whole.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static ToLongFunction<SessionView> value(SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> session -> session.lastEventAt().toEpochMilli();
            case START -> session -> session.startedAt().toEpochMilli();
            case COST -> session -> Math.round(session.figures().costUsd().orElse(0) * 1e12);
            case TOKENS -> session -> session.figures().tokens().total();
            case DURATION ->
                session -> session.lastEventAt().toEpochMilli()
                        - session.startedAt().toEpochMilli();
            case ERRORS -> session -> session.figures().errors();
            case P95 -> session -> session.figures().latencyAll().p95Ms().orElse(-1);
        };
    }

    /** Every page has no more than its limit, and goes on behind the one before. */
    private static <T> List<T> walk(Function<Optional<String>, Page<T>> pages, int limit) {
        List<T> all = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = pages.apply(cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.items());
            cursor = page.nextCursor();
            assertThat(cursor.map(cursors::add).orElse(true)).as("it goes on").isTrue();
        } while (cursor.isPresent());
        return all;
    }
}
