/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.commands.CommandService;
import dev.muster.query.commands.TestEvents;
import dev.muster.query.keys.ApiKeyService;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.SessionReader;
import java.time.Duration;

/**
 * What the API answers from.
 *
 * @param sessions answers for one session
 * @param account answers for all of an account
 * @param keys answers for the API keys
 * @param commands takes what is wanted of agents and sessions
 * @param testEvents sends events that show that events arrive
 * @param zones where a day begins for an account
 * @param retention how long a session is kept after its last event
 */
public record ApiServices(
        SessionReader sessions,
        AccountReader account,
        ApiKeyService keys,
        CommandService commands,
        TestEvents testEvents,
        AccountZones zones,
        Duration retention) {}
