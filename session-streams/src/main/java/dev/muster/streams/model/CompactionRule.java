/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import org.jspecify.annotations.Nullable;

/** Which events tell that a conversation was made shorter, so that it fits in the model's window: by the names that clients give them. */
final class CompactionRule {

    private static final int HOOK_EVENT = EventBody.position("hookEvent");

    private CompactionRule() {}

    static Surroundings.@Nullable Compaction of(EventBody event) {
        String name = Names.of(event, HOOK_EVENT);
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "PreCompact", "preCompact" -> Surroundings.Compaction.BEGUN;
            case "PostCompact" -> Surroundings.Compaction.DONE;
            case "compaction", "claude_code.compaction" -> Surroundings.Compaction.LOGGED;
            case "compact_boundary" -> Surroundings.Compaction.WRITTEN;
            default -> null;
        };
    }
}
