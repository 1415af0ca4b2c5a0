/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import java.util.List;
import java.util.Random;

/** What the demo's agents are asked, answer and call. */
final class Phrases {

    private record Tool(String name, String argument, List<String> values) {}

    private static final List<String> CODING_PROMPTS = List.of(
            "Fix the flaky test in CartTotalsTest",
            "Add pagination to the orders endpoint",
            "Why is the build slow on main? Find out and fix what is cheap",
            "Rename customerRef to customerId everywhere",
            "Write a migration that drops the legacy price columns",
            "Review the diff and look for missing null checks",
            "The staging deploy fails with exit code 137, look into it",
            "Replace the hand-written retry loop by the library's");
    private static final List<String> SUPPORT_PROMPTS = List.of(
            "Ticket 48213: parcel says delivered, customer has nothing",
            "Ticket 48217: invoice shows the wrong VAT rate",
            "Ticket 48220: cannot log in after changing the email",
            "Sort the tickets of the last hour");
    private static final List<String> TRADING_PROMPTS =
            List.of("Rebalance", "Check the spread SOL/USDC", "Close what is under water");
    private static final List<String> ANSWERS = List.of(
            "Done: the tests pass again.",
            "Done. Two call sites were left as they are, for they are generated.",
            "The cause is the cache key; I changed it and added a test.",
            "Nothing to change here.");

    private static final List<Tool> CODING_TOOLS = List.of(
            new Tool(
                    "Read",
                    "file_path",
                    List.of("src/main/Cart.java", "README.md", "build.gradle", "src/api/orders.ts")),
            new Tool("Bash", "command", List.of("npm test", "git status", "./gradlew check", "terraform plan")),
            new Tool("Edit", "file_path", List.of("src/main/Cart.java", "src/api/orders.ts", "infra/main.tf")),
            new Tool("Grep", "pattern", List.of("customerRef", "TODO", "retry")),
            new Tool("WebFetch", "url", List.of("https://example.com/docs/retry")));
    private static final List<Tool> SUPPORT_TOOLS = List.of(
            new Tool("search_orders", "query", List.of("48213", "48217", "48220")),
            new Tool("send_reply", "template", List.of("apology", "ask-for-details", "refund")));
    private static final List<Tool> TRADING_TOOLS =
            List.of(new Tool("fetch_market_data", "pair", List.of("SOL/USDC", "JUP/USDC")));

    private Phrases() {}

    static String prompt(Agent.Trade trade, Random random) {
        return oneOf(
                switch (trade) {
                    case CODING -> CODING_PROMPTS;
                    case SUPPORT -> SUPPORT_PROMPTS;
                    case TRADING -> TRADING_PROMPTS;
                },
                random);
    }

    static String answer(Random random) {
        return oneOf(ANSWERS, random);
    }

    static Act.Call call(Agent.Trade trade, String id, Random random) {
        Tool tool = oneOf(
                switch (trade) {
                    case CODING -> CODING_TOOLS;
                    case SUPPORT -> SUPPORT_TOOLS;
                    case TRADING -> TRADING_TOOLS;
                },
                random);
        return new Act.Call(id, tool.name(), tool.argument(), oneOf(tool.values(), random));
    }

    private static <T> T oneOf(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
