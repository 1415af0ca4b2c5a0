/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import dev.muster.schemas.PrivacyLevel;
import java.util.Optional;

/**
 * Who a key stands for.
 *
 * @param account the account that its events belong to
 * @param keyId the key's own id, which tells nothing of the key
 * @param agent the label of the one agent that the key may send for; empty when it may for any
 * @param privacy how much the key lets be kept; empty where its account's level holds
 */
public record Sender(String account, String keyId, Optional<String> agent, Optional<PrivacyLevel> privacy) {}
