/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.auth.Sender;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of an event is kept. A key's own level holds before its account's, and that before the default. Events come
 * here with their ids made and leave with the same ones, so that copies of a fact meet whatever their levels.
 *
 * @param byDefault the level of accounts that have none of their own
 * @param accounts the levels of those that have
 * @param keepsUsers whether it is kept who used an agent, where the level lets it
 */
public record Privacy(PrivacyLevel byDefault, Map<String, PrivacyLevel> accounts, boolean keepsUsers) {

    /** Where an event's metadata tell its level; the SDK tells its own there. */
    static final String LEVEL = "privacyLevel";

    private static final String DEFAULT_SETTING = "MUSTER_PRIVACY";
    private static final String ACCOUNTS_SETTING = "MUSTER_PRIVACY_ACCOUNTS";
    private static final String USERS_SETTING = "MUSTER_KEEP_USERS";
    private static final String LEVELS = "minimal, standard or full";

    public Privacy {
        accounts = Map.copyOf(accounts);
    }

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException if a level or an account is none
     */
    public static Privacy from(Settings settings) {
        PrivacyLevel byDefault = settings.text(DEFAULT_SETTING)
                .map(text -> level(text)
                        .orElseThrow(() -> new InvalidSettingException(
                                DEFAULT_SETTING + " is «" + text + "», and must be " + LEVELS + ".")))
                .orElse(PrivacyLevel.STANDARD);
        return new Privacy(
                byDefault,
                settings.text(ACCOUNTS_SETTING).map(Privacy::accounts).orElse(Map.of()),
                settings.flag(USERS_SETTING, false));
    }

    private static Map<String, PrivacyLevel> accounts(String listed) {
        Map<String, PrivacyLevel> levels = new HashMap<>();
        for (String entry : listed.split(",", -1)) {
            String[] parts = entry.strip().split("=", -1);
            Optional<PrivacyLevel> level = parts.length == 2 ? level(parts[1]) : Optional.empty();
            if (level.isEmpty() || !RecordKey.isAccount(parts[0]) || levels.put(parts[0], level.get()) != null) {
                throw new InvalidSettingException(ACCOUNTS_SETTING + " has the entry «" + entry.strip()
                        + "», and must list each account once with its level, " + LEVELS + ", as acme=minimal.");
            }
        }
        return levels;
    }

    /** What of a sender's events is kept. */
    public PrivacyLevel levelOf(Sender sender) {
        return sender.privacy().orElseGet(() -> accounts.getOrDefault(sender.account(), byDefault));
    }

    /** Takes out of a sender's events what is not to be kept, and writes into their metadata which level that was. */
    public void apply(Sender sender, List<HookEvent> events) {
        PrivacyLevel level = levelOf(sender);
        events.forEach(event -> {
            if (!keepsUsers) {
                event.setUser(null);
            }
            apply(level, event);
        });
    }

    static void apply(PrivacyLevel level, HookEvent event) {
        ObjectNode metadata = metadata(event);
        switch (level) {
            case MINIMAL -> Minimal.apply(event, metadata);
            case STANDARD -> Standard.apply(event, metadata);
            case FULL -> {
                // As it was sent.
            }
        }
        metadata.put(LEVEL, name(stricter(level, metadata)));
        Metadata.bounded(metadata).ifPresent(event::setMetadata);
    }

    private static ObjectNode metadata(HookEvent event) {
        return Optional.ofNullable(event.getMetadata())
                .flatMap(SourceJson::value)
                .map(ObjectNode.class::cast)
                .orElseGet(SourceJson::newObject);
    }

    /** What the client took out is gone, whatever level holds here. */
    private static PrivacyLevel stricter(PrivacyLevel level, ObjectNode metadata) {
        return level(metadata.path(LEVEL).asText())
                .filter(told -> told.compareTo(level) < 0)
                .orElse(level);
    }

    private static Optional<PrivacyLevel> level(String text) {
        return Stream.of(PrivacyLevel.values())
                .filter(level -> name(level).equals(text))
                .findFirst();
    }

    private static String name(PrivacyLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
