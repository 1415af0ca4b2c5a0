/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that are read while sessions come and change: whoever stays as it is stands on exactly one, in its place. */
class PagesUnderWritesTest {

    private static final int STAYING = 120;
    private static final int WALKS = 5;

    private int facts;

    @ParameterizedTest
    @EnumSource(SessionSort.class)
    void whoever_stays_as_it_is_stands_on_exactly_one_page(SessionSort sort) {
        // One of the three has no index.
        DayFleet fleet = new DayFleet(3, Duration.ofMillis(200));
        IntStream.range(0, STAYING).forEach(n -> tell(fleet, "stays-" + n, n % 10));
        fleet.each(PartitionTask::commit);
        List<String> expected = staying(walk(fleet, sort));
        assertThat(expected).hasSize(STAYING);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            Random random = new Random(1);
            while (!isOver.get()) {
                tell(fleet, "other-" + random.nextInt(60), random.nextInt(10));
                switch (random.nextInt(100)) {
                    case 0, 1 -> fleet.each(task -> task.live.flushCache());
                    case 2 -> fleet.each(task -> task.evict(0));
                    default -> {}
                }
            }
        });
        try {
            for (int i = 0; i < WALKS; i++) {
                assertThat(staying(walk(fleet, sort))).isEqualTo(expected);
            }
        } finally {
            isOver.set(true);
            work.join();
        }
    }

    private static List<String> staying(List<String> ids) {
        return ids.stream().filter(id -> id.startsWith("stays")).toList();
    }

    private static List<String> walk(DayFleet fleet, SessionSort sort) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<SessionView> page = fleet.accounts.sessions(DayFleet.ACCOUNT, SessionFilter.ALL, sort, 7, cursor);
            page.items().forEach(session -> ids.add(session.id()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return ids;
    }

    /** An event by which a session may stand anywhere in any order. */
    private void tell(DayFleet fleet, String session, int much) {
        HookEvent event = Sessions.event(FactId.toolEnd("u" + facts++), FactKind.TOOL_END, much * 1000L)
                .setSessionId(session)
                .setToolName("a-tool")
                .setDurationMs(much * 100L)
                .setOutcome(much % 3 == 0 ? Outcome.FAILED : Outcome.SUCCESS)
                .build();
        fleet.tell(event);
    }
}
