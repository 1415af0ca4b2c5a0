/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.shard.SessionHit;
import dev.muster.streams.read.shard.SessionQuery;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Finds an account's sessions in all shards. */
final class SessionSearch {

    private final Shards shards;
    private final AgentControls controls;
    private final InstantSource clock;
    private final int budget;

    SessionSearch(Shards shards, AgentControls controls, InstantSource clock, int budget) {
        this.shards = shards;
        this.controls = controls;
        this.clock = clock;
        this.budget = budget;
    }

    Page<SessionView> page(String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        long now = clock.millis();
        PageToken token = PageToken.ofSessions(sort);
        Optional<Position> after = token.decode(cursor);
        SessionQuery query = new SessionQuery(account, filter, sort, now, after, limit, budget);
        return new Pager<>(token, ListOrder.DESCENDING, viewer(controls, new KnownAgentNames(shards), now))
                .page(shards.slices(shard -> shard.sessions(query)), limit);
    }

    /** Makes views of sessions at a moment, epoch milliseconds. */
    static Function<SessionHit, SessionView> viewer(AgentControls controls, AgentNames names, long now) {
        return hit -> ViewMapper.session(
                hit.session(),
                controls.of(hit.session().account(), hit.session().agentId()),
                names,
                now);
    }
}
