/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the audit log's index: the sessions that have facts in a stretch of time, and when.
 *
 * @param times by session, in milliseconds from the stretch's start; one may stand there more than once
 */
public record AuditPage(Map<String, List<Long>> times) {

    /** The value of its row. */
    public byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.AUDIT);
        out.array(times.size());
        times.forEach((session, all) -> {
            out.item();
            out.text(session);
            out.array(all.size());
            for (long time : all) {
                out.item();
                out.number(time);
            }
            out.arrayEnd();
        });
        out.arrayEnd();
        return out.end();
    }

    /** Reads a stored row. */
    public static AuditPage read(byte[] value) {
        StateInput in = StateInput.of(StateSchema.AUDIT, value);
        Map<String, List<Long>> times = new LinkedHashMap<>();
        in.array(() -> {
            String session = in.text();
            List<Long> all = new ArrayList<>();
            in.array(() -> all.add(in.number()));
            times.put(session, all);
        });
        return new AuditPage(times);
    }
}
