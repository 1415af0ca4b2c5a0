/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.Amount;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CopyMergeTest {

    @Property
    void the_order_of_two_copies_does_not_matter(@ForAll("copies") HookEvent a, @ForAll("copies") HookEvent b) {
        assertSame(CopyMerge.merge(a, null, b), CopyMerge.merge(b, null, a));
    }

    @Property
    void nor_does_their_grouping(
            @ForAll("copies") HookEvent a, @ForAll("copies") HookEvent b, @ForAll("copies") HookEvent c) {
        CopyMerge.Merged ab = CopyMerge.merge(a, null, b);
        CopyMerge.Merged bc = CopyMerge.merge(b, null, c);

        CopyMerge.Merged all = CopyMerge.merge(ab.event(), ab.ranks(), c);
        assertSame(all, CopyMerge.merge(bc.event(), bc.ranks(), a));
        assertThat(all.event()).isEqualTo(NaiveMerge.of(List.of(a, b, c)));
    }

    @Property
    void a_repeated_copy_adds_nothing(@ForAll("copies") HookEvent a, @ForAll("copies") HookEvent b) {
        CopyMerge.Merged once = CopyMerge.merge(a, null, b);

        assertSame(CopyMerge.merge(a, null, a), new CopyMerge.Merged(a, null));
        assertSame(CopyMerge.merge(once.event(), once.ranks(), a), once);
        assertSame(CopyMerge.merge(once.event(), once.ranks(), b), once);
    }

    @Test
    void each_field_is_from_the_best_source_that_has_it() {
        HookEvent hook = copy(Source.HOOK)
                .setDurationMs(900L)
                .setOutcome(Outcome.FAILED)
                .setResponse("from the hook")
                .build();
        HookEvent log = copy(Source.OTLP_LOG).setDurationMs(12L).build();
        HookEvent transcript =
                copy(Source.TRANSCRIPT).setOutcome(Outcome.SUCCESS).build();

        CopyMerge.Merged merged = CopyMerge.merge(hook, null, log);
        HookEvent all =
                CopyMerge.merge(merged.event(), merged.ranks(), transcript).event();

        assertThat(all.getDurationMs()).isEqualTo(12L);
        assertThat(all.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(all.getResponse()).isEqualTo("from the hook");
        assertThat(all.getSource()).isEqualTo(Source.TRANSCRIPT);
    }

    @Test
    void that_the_user_broke_it_off_is_so_whichever_source_says_it() {
        HookEvent hook = copy(Source.HOOK)
                .setOutcome(Outcome.FAILED)
                .setInterrupted(true)
                .build();
        HookEvent log = copy(Source.OTLP_LOG).setOutcome(Outcome.FAILED).build();

        assertThat(CopyMerge.merge(hook, null, log).event().getInterrupted()).isTrue();
        assertThat(CopyMerge.merge(log, null, hook).event().getInterrupted()).isTrue();
    }

    @Test
    void ranks_of_a_version_with_fewer_fields_are_those_of_the_fields_that_it_had() {
        HookEvent hook = copy(Source.HOOK).setResponse("from the hook").build();
        HookEvent log = copy(Source.OTLP_LOG).setDurationMs(12L).build();
        CopyMerge.Merged merged = CopyMerge.merge(hook, null, log);
        byte[] told = requireNonNull(merged.ranks());
        byte[] before = Arrays.copyOf(told, told.length - 1);

        CopyMerge.Merged again = CopyMerge.merge(merged.event(), before, log);

        assertSame(again, merged);
    }

    @Test
    void at_equal_rank_the_larger_number_the_failure_the_smaller_text_and_the_earlier_time_stand() {
        HookEvent a = copy(Source.HOOK)
                .setDurationMs(5L)
                .setOutcome(Outcome.FAILED)
                .setErrorMessage("a")
                .setTokens(new Tokens(1L, 9L, 0L, 0L, 0L))
                .build();
        HookEvent b = copy(Source.HOOK)
                .setTimestamp(Told.START - 5)
                .setDurationMs(7L)
                .setOutcome(Outcome.SUCCESS)
                .setErrorMessage("b")
                .setTokens(new Tokens(2L, 3L, 0L, 0L, 0L))
                .build();

        HookEvent merged = CopyMerge.merge(a, null, b).event();

        assertThat(merged.getTimestamp()).isEqualTo(Told.START - 5);
        assertThat(merged.getDurationMs()).isEqualTo(7L);
        assertThat(merged.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(merged.getErrorMessage()).isEqualTo("a");
        assertThat(merged.getTokens()).isEqualTo(new Tokens(2L, 9L, 0L, 0L, 0L));
    }

    private static void assertSame(CopyMerge.Merged actual, CopyMerge.Merged expected) {
        assertThat(actual.event()).isEqualTo(expected.event());
        assertThat(actual.ranks()).isEqualTo(expected.ranks());
    }

    private static HookEvent.Builder copy(Source source) {
        return Told.event(FactId.toolEnd("u"), FactKind.TOOL_END, 0).setSource(source);
    }

    @Provide
    Arbitrary<HookEvent> copies() {
        return Arbitraries.randoms().map(CopyMergeTest::copy);
    }

    private static HookEvent copy(Random random) {
        HookEvent.Builder copy = copy(Source.values()[random.nextInt(Source.values().length)])
                .setTimestamp(Told.START + random.nextInt(3))
                .setReceivedAt(Told.START + random.nextInt(3))
                .setAgentId("c" + random.nextInt(2))
                .setAgentLabel("label-" + random.nextInt(2))
                .setAgentLabelRank(LabelRank.values()[random.nextInt(2)])
                .setEditor(random.nextBoolean());
        if (random.nextBoolean()) {
            copy.setOutcome(Outcome.values()[random.nextInt(3)]).setDurationMs((long) random.nextInt(3));
        }
        if (random.nextBoolean()) {
            copy.setToolName("tool-" + random.nextInt(3)).setTraceId("trace-" + random.nextInt(2));
        }
        if (random.nextBoolean()) {
            copy.setTokens(new Tokens((long) random.nextInt(3), (long) random.nextInt(3), 0L, 1L, 0L));
        }
        if (random.nextBoolean()) {
            copy.setGit(Git.newBuilder().setBranch("b" + random.nextInt(2)).build());
            copy.setAmount(new Amount("SOL", random.nextInt(2) / 2.0));
        }
        if (random.nextBoolean()) {
            copy.setAside(random.nextBoolean()).setInputFingerprint((long) random.nextInt(3));
            copy.setRepo("repo-" + random.nextInt(2)).setBackground("{}");
        }
        if (random.nextBoolean()) {
            copy.setMetadata("{\"n\":" + random.nextInt(2) + "}").setReportedCostPicoUsd((long) random.nextInt(2));
        }
        return copy.build();
    }
}
