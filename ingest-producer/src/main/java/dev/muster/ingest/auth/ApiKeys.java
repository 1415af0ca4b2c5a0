/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.keys.KeySecret;
import dev.muster.schemas.settings.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The API keys that a setting lists, each with the account it stands for. Of a key only its SHA-256 is kept, and keys are
 * compared by it, so that neither memory nor the time of an answer tells of a key.
 */
public final class ApiKeys implements Senders {

    /** The setting that lists them. */
    public static final String SETTING = "MUSTER_API_KEYS";

    private static final Pattern SHAPE = Pattern.compile("vk_[A-Za-z0-9_-]{1,200}");

    private static final int ID_CHARACTERS = 12;

    private final Map<String, Sender> byHash;

    private ApiKeys(Map<String, Sender> byHash) {
        this.byHash = Map.copyOf(byHash);
    }

    /** No keys at all. */
    public static ApiKeys none() {
        return new ApiKeys(Map.of());
    }

    /**
     * Keys as the setting has them: {@code key=account}, divided by commas.
     *
     * @throws InvalidSettingException saying which entry is wrong, without telling the key
     */
    public static ApiKeys parse(String listed) {
        Map<String, Sender> byHash = new HashMap<>();
        String[] entries = listed.split(",", -1);
        for (int i = 0; i < entries.length; i++) {
            String[] parts = entries[i].strip().split("=", -1);
            String where = SETTING + ", entry " + (i + 1) + " of " + entries.length;
            if (parts.length != 2) {
                throw new InvalidSettingException(where + ", must be a key and its account, as vk_…=account.");
            }
            if (!SHAPE.matcher(parts[0]).matches()) {
                throw new InvalidSettingException(
                        where + ", has a key that is not vk_ and at most 200 letters, digits, - or _.");
            }
            if (!RecordKey.isAccount(parts[1])) {
                throw new InvalidSettingException(
                        where + ", has an account that is not 1 to 64 lower-case letters, digits or -.");
            }
            if (byHash.put(KeySecret.hash(parts[0]), sender(parts[0], parts[1])) != null) {
                throw new InvalidSettingException(where + ", repeats a key of an earlier entry.");
            }
        }
        return new ApiKeys(byHash);
    }

    @Override
    public Access find(String key) {
        Sender sender = byHash.get(KeySecret.hash(key));
        return sender == null ? new Access.Refused("invalid_key") : new Access.Granted(sender);
    }

    private static Sender sender(String key, String account) {
        return new Sender(
                account, "set-" + KeySecret.hash(key).substring(0, ID_CHARACTERS), Optional.empty(), Optional.empty());
    }
}
