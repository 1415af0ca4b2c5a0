/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How facts lie in chunks. */
class SessionFactsTest {

    private final Account account = new Account();
    private final Random random = new Random(7);

    @Test
    void facts_in_any_order_are_read_back_in_theirs() {
        List<HookEvent> events = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            events.add(fact(i, i / 2 * 1000L));
        }
        Collections.shuffle(events, random);
        for (HookEvent event : events) {
            account.tell(event);
            if (random.nextInt(300) == 0) {
                account.reopen();
            }
        }
        account.write();

        assertThat(account.facts()).hasSize(5_000);
        assertThat(account.facts()).extracting(StoredFact::place).isSorted();
        assertThat(account.facts()).extracting(StoredFact::event).containsExactlyInAnyOrderElementsOf(events);
        assertLayout();
    }

    @Test
    void facts_in_order_fill_their_chunks() {
        for (int i = 0; i < 640; i++) {
            account.tell(fact(i, i));
        }
        account.write();

        assertThat(account.rows().chunks()).hasSize(10);
    }

    @Test
    void the_first_chunk_takes_what_is_earlier_than_it() {
        for (int i = 640; i > 0; i--) {
            account.tell(fact(i, i));
            account.write();
        }

        assertThat(account.facts()).extracting(StoredFact::place).isSorted().hasSize(640);
        assertThat(account.rows().chunks().size()).isLessThan(25);
        assertLayout();
    }

    @Test
    void large_facts_lie_alone_wherever_they_fall_and_however_their_copies_grow() {
        for (int i : new int[] {100, 50, 70, 60, 10, 120, 65}) {
            account.tell(largest(i, Source.HOOK, 'a'));
            assertLayout();
        }
        for (int i = 0; i < 200; i++) {
            account.tell(fact(i, i));
        }
        for (int i = 0; i < 200; i++) {
            account.tell(largest(i, Source.OTLP_LOG, 'b'));
        }

        assertLayout();
        assertThat(account.facts()).hasSize(200);
    }

    @Test
    void a_text_that_is_too_long_is_cut_an_id_stays_distinct_and_metadata_are_left_out() {
        String prefix = "x".repeat(5_000);
        for (String end : List.of("1", "2")) {
            account.tell(Told.event(FactId.dedupKey("k" + end), FactKind.OTHER, 0)
                    .setTraceId(prefix + end)
                    .setErrorMessage("y".repeat(1_999) + "😀")
                    .setMetadata("{\"a\":\"" + "z".repeat(16_384) + "\"}")
                    .build());
        }
        account.write();

        assertThat(account.traces()).hasSize(2);
        assertThat(account.facts()).extracting(StoredFact::event).allSatisfy(event -> {
            assertThat(event.getTraceId()).hasSizeLessThanOrEqualTo(200);
            assertThat(account.traces()).containsKey(event.getTraceId());
            assertThat(event.getErrorMessage()).isEqualTo("y".repeat(1_999));
            assertThat(event.getMetadata()).isNull();
        });
    }

    /** No chunk too large, and each fact between its chunk's fence and the next one's. */
    private void assertLayout() {
        account.write();
        FactPosition before = null;
        List<FactPosition> fences = new ArrayList<>(account.rows().allChunks().keySet());
        for (Map.Entry<FactPosition, byte[]> row : account.rows().allChunks().entrySet()) {
            assertThat(row.getValue().length).isLessThan(StateSizeTest.MAX_BYTES);
            List<StoredFact> facts = StoredFact.read(row.getKey(), row.getValue());
            assertThat(facts).hasSizeBetween(1, RowLimits.USUAL.chunkFacts());
            int next = fences.indexOf(row.getKey()) + 1;
            for (StoredFact fact : facts) {
                if (before != null) {
                    assertThat(fact.place()).isGreaterThanOrEqualTo(row.getKey());
                }
                if (next < fences.size()) {
                    assertThat(fact.place()).isLessThan(fences.get(next));
                }
            }
            before = row.getKey();
        }
    }

    private static HookEvent fact(int n, long time) {
        return Told.event(FactId.dedupKey("key-" + n), FactKind.OTHER, time).build();
    }

    /** The largest that a fact may be, of texts that do not compress. */
    private HookEvent largest(int n, Source source, char mark) {
        return Told.event(FactId.dedupKey("key-" + n), FactKind.OTHER, n)
                .setSource(source)
                .setPrompt(noise(2_000) + mark)
                .setReasoning(noise(2_000))
                .setResponse(noise(2_000))
                .setErrorMessage(noise(2_000))
                .setDenialReason(noise(2_000))
                .setToolDetail(noise(2_000))
                .setCwd(noise(2_000))
                .setMetadata(noise(16_384))
                .build();
    }

    private String noise(int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            text.append((char) (0x4E00 + random.nextInt(20_000)));
        }
        return text.toString();
    }
}
