/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.keys.ApiKeyService;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.keys.IssuedKey;
import java.util.Locale;

/** An API key: in a list without anything that could be used as one, once with the whole of it. */
public final class KeyJson {

    private KeyJson() {}

    /** The key as a list shows it. */
    public static ObjectNode of(ApiKeyService.Listed listed) {
        ObjectNode json = Json.object();
        json.put("id", listed.key().id());
        describe(json, listed.key());
        json.put("lastUsedAt", listed.lastUsedAt().map(Times::iso).orElse(null));
        json.put("revokedAt", listed.key().revokedAt().map(Times::iso).orElse(null));
        return json;
    }

    /** The key that was just made. */
    public static ObjectNode of(ApiKeyService.Created created) {
        ObjectNode json = Json.object();
        json.put("id", created.key().id());
        json.put("secret", created.secret().reveal());
        describe(json, created.key());
        return json;
    }

    private static void describe(ObjectNode json, IssuedKey key) {
        json.put("keyPrefix", key.prefix());
        json.put("label", key.label());
        json.put(
                "agentId",
                key.agent().map(agent -> AgentId.of(key.account(), agent)).orElse(null));
        json.put("agent", key.agent().orElse(null));
        json.put(
                "privacy",
                key.privacy()
                        .map(level -> level.name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        json.put("createdAt", Times.iso(key.createdAt()));
    }
}
