/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.FiguresView;
import dev.muster.streams.read.LatencyView;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.SurroundingsView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final LatencyView NONE = new LatencyView(0, OptionalLong.empty(), OptionalLong.empty());

    private static SessionView session(String id, double usd, Status status) {
        FiguresView figures = new FiguresView(
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                TokenCounts.NONE,
                OptionalDouble.of(usd),
                0,
                OptionalDouble.empty(),
                NONE,
                NONE,
                NONE,
                List.of(),
                List.of(),
                List.of(),
                true);
        return new SessionView(
                id,
                "agent",
                "an agent",
                Optional.empty(),
                status,
                false,
                Optional.empty(),
                START,
                START.plusSeconds(1),
                Duration.ZERO,
                1,
                1,
                false,
                figures,
                List.of(),
                SurroundingsView.UNKNOWN);
    }

    @Test
    void findsTheFirstOfThoseThatAreWantedAmongEqualsById() {
        Ranking ranking = new Ranking(WantedSessions.ALL.status(Status.DONE), SessionSort.COST, 3);
        ranking.look(session("c", 2, Status.DONE));
        ranking.look(session("e", 1, Status.DONE));
        ranking.look(session("x", 9, Status.ERRORED));
        ranking.look(session("b", 2, Status.DONE));
        ranking.look(session("a", 3, Status.DONE));
        ranking.look(session("d", 1, Status.DONE));

        assertThat(ranking.ids(0)).isEqualTo(List.of("a", "b", "c"));
        assertThat(ranking.ids(2)).isEqualTo(List.of("c"));
    }
}
