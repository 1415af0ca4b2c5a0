/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.shard.AccountShard;
import dev.muster.streams.read.shard.AuditHit;
import dev.muster.streams.read.shard.AuditQuery;
import dev.muster.streams.read.shard.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads an account's audit log in all shards, the newest first. */
final class AuditReads {

    private final Shards shards;
    private final int budget;
    private final Pager<AuditHit, AuditEntry> pager =
            new Pager<>(PageToken.AUDIT, ListOrder.DESCENDING, Page.MAX_EVENT_BYTES, AuditHit::entry);

    AuditReads(Shards shards, int budget) {
        this.shards = shards;
        this.budget = budget;
    }

    Page<AuditEntry> page(String account, AuditFilter filter, int limit, Optional<String> cursor) {
        AuditQuery query =
                new AuditQuery(account, filter, PageToken.AUDIT.decode(cursor), limit, budget, Page.MAX_EVENT_BYTES);
        Function<AccountShard, Slice<AuditHit>> ask = shard -> shard.audit(query);
        List<Slice<AuditHit>> slices = filter.sessionId()
                .map(id -> shards.slices(RecordKey.ofSession(account, id), ask))
                .orElseGet(() -> shards.slices(ask));
        return pager.page(slices, limit);
    }
}
