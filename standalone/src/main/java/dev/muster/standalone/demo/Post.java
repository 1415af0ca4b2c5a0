/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A body for the collector.
 *
 * @param at when it is due
 * @param path the collector's path that takes it
 * @param body what is told
 */
record Post(Instant at, String path, ObjectNode body) {

    /** Takes events of the Voight contract. */
    static final String EVENTS = "/v1/events";

    /** Takes hook payloads of Claude Code. */
    static final String HOOKS = "/v1/hooks/claude-code";
}
