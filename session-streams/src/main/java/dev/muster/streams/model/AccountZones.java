/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * In which zone each account reckons its days. A day has 23, 24 or 25 hours where clocks change, and begins at whatever minute of
 * UTC the zone says.
 */
public final class AccountZones {

    private static final String SETTING = "MUSTER_TIME_ZONE";
    private static final String ACCOUNTS_SETTING = "MUSTER_TIME_ZONE_ACCOUNTS";
    private static final String EXAMPLES = "UTC, Europe/Berlin or +02:00";

    private final DayClock byDefault;
    private final Map<String, DayClock> accounts;

    /**
     * Zones.
     *
     * @param byDefault of accounts that have none of their own
     * @param accounts of those that have
     */
    public AccountZones(ZoneId byDefault, Map<String, ZoneId> accounts) {
        this.byDefault = new DayClock(byDefault);
        this.accounts = accounts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new DayClock(entry.getValue())));
    }

    /** One zone for all accounts. */
    public static AccountZones all(ZoneId zone) {
        return new AccountZones(zone, Map.of());
    }

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException if a zone or an account is none
     */
    public static AccountZones from(Settings settings) {
        String byDefault = settings.text(SETTING).orElse("UTC");
        Map<String, ZoneId> accounts = new HashMap<>();
        settings.text(ACCOUNTS_SETTING).ifPresent(listed -> {
            for (String entry : listed.split(",", -1)) {
                String[] parts = entry.strip().split("=", -1);
                if (parts.length != 2 || !RecordKey.isAccount(parts[0]) || accounts.containsKey(parts[0])) {
                    throw new InvalidSettingException(ACCOUNTS_SETTING + " has the entry «" + entry.strip()
                            + "», and must list each account once with its zone, as acme=Europe/Berlin.");
                }
                accounts.put(parts[0], zone(ACCOUNTS_SETTING, parts[1]));
            }
        });
        return new AccountZones(zone(SETTING, byDefault), accounts);
    }

    private static ZoneId zone(String setting, String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new InvalidSettingException(
                    setting + " is «" + zone + "», which is no time zone; try " + EXAMPLES + ".");
        }
    }

    /** Tells the days of an account. */
    public DayClock days(String account) {
        return accounts.getOrDefault(account, byDefault);
    }

    /** The zone of an account. */
    public ZoneId of(String account) {
        return days(account).zone();
    }
}
