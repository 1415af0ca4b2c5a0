/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A made-up week of a small fleet: ordinary sessions on each of its days, and some that are not ordinary. */
final class Week {

    private static final Duration DAY = Duration.ofDays(1);
    private static final List<String> AGENTS = List.of(
            "deployer",
            "claude-code:shop/web",
            "Ünïcode бот «7»",
            "=cmd|' /C calc'!A0",
            "night-shift",
            "retired",
            "back-again");
    private static final List<String> MODELS =
            List.of("claude-sonnet-4-5", "gpt-5-mini", "local-llama-70b", "claude-opus-4-7", "claude-haiku-4-5");
    private static final List<String> TOOLS = List.of("Bash", "Read", "Edit", "search", "mcp__tickets__create");

    private final Instant first;
    private final Random random = new Random(20261130);

    /** @param first the first day's beginning */
    Week(Instant first) {
        this.first = first;
    }

    /** The ordinary sessions that begin on a day, counted from 0: one or two of most agents. */
    List<ObjectNode> day(int day) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < AGENTS.size(); i++) {
            if ((day + i) % 4 == 3) {
                continue;
            }
            Instant start = at(day).plusSeconds(7 * 3600 + i * 2900 + random.nextInt(900));
            events.addAll(ordinary(AGENTS.get(i), "run-" + day + "-" + i, start, 1 + random.nextInt(3)));
            if ((day * 3 + i) % 5 == 0) {
                events.addAll(ordinary(AGENTS.get(i), "run-" + day + "-" + i + "-again", start.plusSeconds(9000), 1));
            }
        }
        return events;
    }

    private List<ObjectNode> ordinary(String agent, String session, Instant start, int prompts) {
        Told told = new Told(agent, session, start);
        for (int i = 0; i < prompts; i++) {
            told.prompt(session + "-p" + i, "Task " + i + " of " + session + ": mend the build");
            int rounds = 1 + random.nextInt(3);
            for (int round = 0; round < rounds; round++) {
                String model = MODELS.get(random.nextInt(MODELS.size()));
                told.request(model, 40 + random.nextInt(900), 20 + random.nextInt(400), random.nextInt(20_000));
                String tool = TOOLS.get(random.nextInt(TOOLS.size()));
                int fate = random.nextInt(24);
                if (fate == 0) {
                    told.failedCall(tool, "make test", "Exit code " + (1 + random.nextInt(3)));
                } else if (fate == 1) {
                    told.denied(tool, "rm -rf build", "user_rejected", "Not in this folder");
                } else if (fate == 2) {
                    told.failedRequest(model, "overloaded");
                } else {
                    told.call(tool, "step", 30 + random.nextInt(4000));
                }
            }
            told.answer("Done with " + i + ".").after(Duration.ofSeconds(20 + random.nextInt(300)));
        }
        return told.events();
    }

    /** A session of many traces, which needs pages of everything. */
    List<ObjectNode> large() {
        Told told = new Told("deployer", "large", at(1).plusSeconds(3600));
        for (int i = 0; i < 140; i++) {
            told.prompt("large-p" + i, "Step " + i)
                    .request("claude-sonnet-4-5", 10 + i, 5 + i % 40, 1000L > i ? 300 * i : 0);
            if (i % 9 == 0) {
                told.failedCall("Bash", "try", "Exit code 1");
            } else {
                told.call("Bash", "step", 20 + i);
            }
            told.after(Duration.ofSeconds(30));
        }
        return told.events();
    }

    /** Sessions that are each something of their own; in no order. */
    List<ObjectNode> odd() {
        List<ObjectNode> events = new ArrayList<>();
        events.addAll(new Told("night-shift", "over-midnight", at(2).plusSeconds(22 * 3600 + 50 * 60))
                .prompt("mid-1", "Begin before midnight")
                .request("gpt-5-mini", 500, 90, 0)
                .after(Duration.ofMinutes(25))
                .call("Bash", "wait", 4000)
                .prompt("mid-2", "End after it")
                .call("Read", "notes", 35)
                .after(Duration.ofHours(9))
                .prompt("mid-3", "And again in the morning")
                .request("gpt-5-mini", 100, 10, 400)
                .events());
        events.addAll(new Told("Ünïcode бот «7»", "run/with?odd #chars%2F&=+", at(3).plusSeconds(40_000))
                .prompt("trace/with?odd #chars", "Größe 😀 \"quoted\", <tags>\tand\nlines")
                .failedCall("Write,\"quoted\"", "=1+1", "=HYPERLINK(\"x\")")
                .call("Bash", "echo \u202e reversed", 5)
                .answer("@done; -1")
                .events());
        events.addAll(new Told("Ünïcode бот «7»", "сессия-1", at(3).plusSeconds(50_000))
                .prompt("п1", "Почини сборку")
                .request("модель-1", 10, 20, 30)
                .events());
        events.addAll(new Told("deployer", "x".repeat(200), at(4).plusSeconds(30_000))
                .prompt("long-id", "An id of two hundred characters")
                .call("Bash", "y".repeat(900), 8)
                .events());
        events.addAll(new Told("deployer", "orphans", at(4).plusSeconds(33_000))
                .prompt("o1", "Nothing ends here")
                .begin("Bash", "sleep")
                .begin("Read", "never")
                .events());
        events.addAll(new Told("trader", "transfers", at(4).plusSeconds(36_000))
                .prompt("t1", "Buy")
                .transfer("4zabc", "SOL", 1.25)
                .transfer("4zabd", "USDC", 1e-9)
                .transfer("4zabe", "SOL", 123_456_789.123)
                .events());
        events.addAll(new Told("deployer", "unpriced-only", at(4).plusSeconds(39_000))
                .prompt("u1", "A model of our own")
                .request("local-llama-70b", 12_345, 678, 0)
                .events());
        events.addAll(new Told("deployer", "no-prompt", at(4).plusSeconds(42_000))
                .call("Bash", "cron", 12)
                .request("claude-haiku-4-5", 7, 8, 9)
                .events());
        events.addAll(new Told("deployer", "failed-and-known", at(4).plusSeconds(45_000))
                .prompt("f1", "Fail")
                .failedCall("Bash", "exit", "Exit code 9")
                .events());
        events.addAll(new Told("deployer", "failed-known-and-not", at(4).plusSeconds(48_000))
                .prompt("f2", "Fail too")
                .failedRequest("claude-opus-4-7", "rate limited")
                .events());
        events.addAll(new Told("deployer", "", at(4).plusSeconds(51_000))
                .call("Bash", "outside of any session", 3)
                .answer("A fact of no session")
                .events());
        Collections.shuffle(events, random);
        return events;
    }

    /** What has just happened at a time: sessions that are active, idle, and with calls that run. */
    List<ObjectNode> lately(Instant now) {
        List<ObjectNode> events = new ArrayList<>();
        events.addAll(new Told("deployer", "active", now.minusSeconds(200))
                .prompt("a1", "Under way")
                .request("claude-sonnet-4-5", 100, 40, 0)
                .begin("Bash", "runs")
                .events());
        events.addAll(new Told("claude-code:shop/web", "active-with-orphan", now.minusSeconds(280))
                .prompt("a2", "Waits for long")
                .begin("Bash", "hangs")
                .after(Duration.ofSeconds(30))
                .answer("meanwhile")
                .events());
        events.addAll(new Told("night-shift", "idle", now.minusSeconds(1500))
                .prompt("i1", "Then silence")
                .call("Read", "all", 90)
                .events());
        events.addAll(new Told("paused-one", "of-a-paused-agent", now.minusSeconds(1200))
                .prompt("p1", "Spend a lot")
                .request("claude-opus-4-7", 90_000, 4000, 0)
                .events());
        return events;
    }

    private Instant at(int day) {
        return first.plus(DAY.multipliedBy(day));
    }
}
