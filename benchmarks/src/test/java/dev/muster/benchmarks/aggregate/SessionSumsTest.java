/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.benchmarks.data.DataSet;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.price.PriceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionSumsTest {

    private static final PriceTable PRICES = PriceTable.shipped();
    private static final List<HookEvent> EVENTS = events();
    private static final List<Long> DURATIONS = EVENTS.stream()
            .map(HookEvent::getDurationMs)
            .filter(Objects::nonNull)
            .sorted()
            .toList();

    @Test
    void sumsEveryEvent() {
        SessionSums sums = sums(EVENTS);

        assertThat(sums.events()).isEqualTo(EVENTS.size());
        assertThat(sums.errors())
                .isEqualTo(EVENTS.stream()
                        .filter(event -> event.getOutcome() == Outcome.FAILED)
                        .count());
        assertThat(sums.toolCalls())
                .isEqualTo(EVENTS.stream()
                        .filter(event -> event.getKind() == FactKind.TOOL_END)
                        .count());
        assertThat(sums.tokens().cacheRead())
                .isEqualTo(EVENTS.stream()
                        .map(HookEvent::getTokens)
                        .filter(Objects::nonNull)
                        .mapToLong(tokens -> tokens.getCacheRead())
                        .sum());
        assertThat(sums.cost().picoUsd()).isPositive();
        assertThat(sums.cost().unpricedTokens()).isZero();
        assertThat(sums.firstMillis())
                .isEqualTo(
                        EVENTS.stream().mapToLong(HookEvent::getTimestamp).min().orElseThrow());
        assertThat(sums.lastMillis())
                .isEqualTo(
                        EVENTS.stream().mapToLong(HookEvent::getTimestamp).max().orElseThrow());
    }

    @Test
    void everyPercentileIsWithinOnePercent() {
        SessionSums sums = sums(EVENTS);

        for (int percent = 1; percent <= 100; percent++) {
            double exact = DURATIONS.get((DURATIONS.size() * percent + 99) / 100 - 1);
            assertThat((double) sums.percentile(percent))
                    .as("p%d", percent)
                    .isCloseTo(exact, within(exact * 0.01 + 0.5));
        }
    }

    @Test
    void bytesHoldAllOfIt() {
        SessionSums sums = sums(EVENTS);
        SessionSums read = SessionSums.of(sums.toBytes());

        assertThat(read).usingRecursiveComparison().ignoringFields("durations").isEqualTo(sums);
        assertThat(read.percentile(50)).isEqualTo(sums.percentile(50));
        assertThat(read.percentile(95)).isEqualTo(sums.percentile(95));
        assertThat(read.toBytes()).isEqualTo(sums.toBytes());
    }

    @Test
    void partsAddUpToTheWhole() {
        SessionSums parts = sums(EVENTS.subList(0, 400)).addAll(sums(EVENTS.subList(400, EVENTS.size())));

        assertThat(parts.toBytes()).isEqualTo(sums(EVENTS).toBytes());
    }

    @Test
    void bytesThatAreCutShortAreRefused() {
        byte[] bytes = sums(EVENTS).toBytes();

        assertThatThrownBy(() -> SessionSums.of(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cut short");
    }

    private static SessionSums sums(List<HookEvent> events) {
        SessionSums sums = new SessionSums();
        events.forEach(event -> sums.add(event, PRICES));
        return sums;
    }

    private static List<HookEvent> events() {
        List<HookEvent> events = new ArrayList<>();
        DataSet.oneSession(1_000).stream(Instant.parse("2026-11-22T12:00:00Z")).forEachRemaining(events::add);
        return events;
    }
}
