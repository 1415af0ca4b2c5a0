/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.keys;

import dev.muster.schemas.PrivacyLevel;
import java.util.Optional;

/**
 * What a key is to be.
 *
 * @param label what its owner calls it
 * @param agent the label or id of the one agent that it may send for; empty for any
 * @param privacy how much of what it sends may be kept; empty where its account's level is to hold
 */
public record NewKey(String label, Optional<String> agent, Optional<PrivacyLevel> privacy) {}
