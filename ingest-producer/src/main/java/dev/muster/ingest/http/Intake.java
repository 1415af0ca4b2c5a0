/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.kafka.EventLog;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;

/**
 * What all endpoints take events with.
 *
 * @param keys who may send
 * @param maxBodyBytes the most bytes of a body
 * @param log where events go
 * @param clock tells the time of receipt
 * @param registry where the metrics are kept
 */
public record Intake(
        ApiKeys keys, int maxBodyBytes, EventLog log, InstantSource clock, PrometheusMeterRegistry registry) {}
