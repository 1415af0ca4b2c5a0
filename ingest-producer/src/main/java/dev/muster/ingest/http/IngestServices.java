/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.auth.Senders;
import dev.muster.ingest.control.Gate;
import dev.muster.ingest.kafka.EventLog;
import dev.muster.ingest.limit.RateLimiter;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.source.Fingerprints;
import dev.muster.ingest.source.OrderedCopies;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all endpoints take events with.
 *
 * @param senders who may send
 * @param gate does what was commanded of their agents
 * @param limiter how much each may
 * @param naming how agents are called that do not say who they are
 * @param fingerprints makes the fingerprints of tool calls
 * @param copies tells apart what carries one id
 * @param privacy what of their events is kept
 * @param retention for how long sessions are kept
 * @param maxBodyBytes the most bytes of a body that tells of one event
 * @param maxBatchBytes the most bytes of a body that tells of many
 * @param bodyTimeout how long a body may take to arrive
 * @param log where events go
 * @param clock tells the time of receipt
 * @param registry where the metrics are kept
 */
public record IngestServices(
        Senders senders,
        Gate gate,
        RateLimiter limiter,
        AgentNaming naming,
        Fingerprints fingerprints,
        OrderedCopies copies,
        Privacy privacy,
        Duration retention,
        int maxBodyBytes,
        int maxBatchBytes,
        Duration bodyTimeout,
        EventLog log,
        InstantSource clock,
        PrometheusMeterRegistry registry) {}
