/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import java.util.List;

/**
 * Who works in the demo.
 *
 * @param label its name
 * @param trade what it does all day
 * @param model the model it asks
 * @param pace how long its pauses are, against those of the others
 */
record Agent(String label, Trade trade, String model, double pace) {

    /** The fleet: coding agents by their directories, and bots. One model is in no price list. */
    static final List<Agent> FLEET = List.of(
            new Agent("claude-code:checkout-service", Trade.CODING, "claude-sonnet-4-5", 1.0),
            new Agent("claude-code:storefront-web", Trade.CODING, "claude-sonnet-4-5", 0.8),
            new Agent("claude-code:billing-api", Trade.CODING, "claude-opus-4-7", 1.0),
            new Agent("claude-code:search-index", Trade.CODING, "claude-sonnet-4-5", 1.2),
            new Agent("claude-code:mobile-app", Trade.CODING, "claude-haiku-4-5", 0.7),
            new Agent("claude-code:infra-live", Trade.CODING, "claude-opus-4-7", 1.5),
            new Agent("support-triage", Trade.SUPPORT, "gpt-5-mini", 0.6),
            new Agent("trading-bot.sol", Trade.TRADING, "claude-haiku-4-5", 0.6),
            new Agent("release-notes", Trade.SUPPORT, "local-llama-70b", 1.5));

    /** What an agent does all day. */
    enum Trade {
        CODING,
        SUPPORT,
        TRADING
    }

    /** Whether its model's provider charges for what is written to the cache. */
    boolean writesCache() {
        return model.startsWith("claude-");
    }

    /** The directory of a coding agent. */
    String directory() {
        return "/home/dev/" + label.substring(label.indexOf(':') + 1);
    }
}
