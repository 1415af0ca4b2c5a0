/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The days of some agents as one partition keeps them: each session's share goes out and in whenever it is written. */
final class DayBook {

    private final Map<String, AgentDay> days = new TreeMap<>();
    private final Map<String, DayContribution> members = new HashMap<>();

    void change(Optional<DayContribution> before, Optional<DayContribution> now) {
        before.ifPresent(share -> members.remove(share.sessionId()));
        before.ifPresent(share -> share.touchedDays().forEach(day -> {
            AgentDay cell = days.computeIfAbsent(key(share, day), key -> new AgentDay());
            if (cell.subtract(share, day)) {
                cell.forgetBounds();
                members.values().stream()
                        .filter(other -> key(other, other.startDay()).equals(key(share, day)))
                        .forEach(cell::reach);
            }
        }));
        now.ifPresent(share -> {
            share.touchedDays()
                    .forEach(day -> days.computeIfAbsent(key(share, day), key -> new AgentDay())
                            .add(share, day));
            members.put(share.sessionId(), share);
        });
        days.values().removeIf(AgentDay::isEmpty);
    }

    private static String key(DayContribution share, long day) {
        return share.agentId() + " " + day;
    }

    /** Takes in another partition's days, read from their rows. */
    void add(DayBook other) {
        other.days.forEach((key, day) -> days.computeIfAbsent(key, unknown -> new AgentDay())
                .add(AgentDay.read(day.toBytes(new StateOutput()))));
    }

    Map<String, AgentDay> days() {
        return days;
    }

    /** All that can be asked of every day. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        days.forEach((key, day) -> lines.add(key + " " + line(day)));
        return lines;
    }

    private static String line(AgentDay day) {
        return day.sessions() + " " + day.errored() + " " + day.errors() + " " + day.traces() + " " + day.durationMs()
                + " " + day.activeMs() + " " + (day.sessions() == 0 ? "" : day.start()) + " " + day.latest() + " "
                + Account.text(day.group()) + " | " + day.activeSessions() + " " + day.activityErrors() + " "
                + Account.text(day.activity());
    }
}
