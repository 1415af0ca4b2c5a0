/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PendingEventsTest {

    private static final int ID = EventBody.position("id");
    private static final int PROMPT = EventBody.position("prompt");

    private final BlockPool pool = new BlockPool(1 << 20);
    private final PendingEvents pending = new PendingEvents();

    private EventBody body(String id, int size) {
        HookEvent event = Events.at(FactId.dedupKey(id), FactKind.PROMPT, 1)
                .setAgentLabel("bot")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSource(Source.SDK)
                .setPrompt("x".repeat(size))
                .build();
        return Bodies.of(event);
    }

    private List<String> read() {
        List<String> seen = new ArrayList<>();
        pending.each(
                (event, appendTime) -> seen.add(event.text(ID) + " " + event.textLength(PROMPT) + " " + appendTime));
        return seen;
    }

    /** Whatever their sizes, and wherever the blocks' edges fall. */
    @Property(tries = 100)
    void shows_what_was_added_in_its_order(@ForAll long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            List<String> added = new ArrayList<>();
            int events = random.nextInt(40);
            for (int i = 0; i < events; i++) {
                int size = random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(300);
                long appendTime = random.nextLong();
                pending.add(body("e" + i, size), appendTime, pool);
                added.add("key:e" + i + " " + size + " " + appendTime);
            }
            assertThat(pending.count()).isEqualTo(events);
            assertThat(read()).isEqualTo(added);
            pending.forget();
            assertThat(read()).isEmpty();
            if (random.nextBoolean()) {
                pending.release(pool);
            }
        }
    }

    @Test
    void blocks_are_given_back_only_when_nothing_waits_in_them_and_used_again() {
        pending.add(body("a", 2000), 1, pool);
        int held = pending.weight();
        pending.release(pool);
        assertThat(pending.weight()).isEqualTo(held);
        assertThat(read()).hasSize(1);

        byte[] fresh = pool.take();
        pool.giveBack(fresh);
        assertThat(pool.take()).isSameAs(fresh);

        pending.forget();
        pending.release(pool);
        assertThat(pending.weight()).isLessThan(BlockPool.BLOCK_BYTES);
    }

    @Test
    void a_pool_keeps_no_more_than_it_may() {
        BlockPool small = new BlockPool(BlockPool.BLOCK_BYTES);
        byte[] first = small.take();
        byte[] second = small.take();
        small.giveBack(first);
        small.giveBack(second);

        assertThat(small.take()).isSameAs(first);
        assertThat(small.take()).isNotSameAs(second);
    }
}
