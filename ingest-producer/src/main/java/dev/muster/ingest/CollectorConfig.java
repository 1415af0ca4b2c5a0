/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.registry.RegistryConfig;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.KafkaSettings;
import dev.muster.schemas.settings.RetentionSetting;
import dev.muster.schemas.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the collector is set up.
 *
 * @param host the address that it listens on
 * @param port the port that it listens on, 0 for any that is free
 * @param bootstrap Kafka's addresses, host:port, divided by commas
 * @param keys who may send beside those whose key was issued
 * @param maxBodyBytes the most bytes of a body that tells of one event
 * @param maxBatchBytes the most bytes of a body that tells of many
 * @param bodyTimeout how long a request's body may take to arrive
 * @param timeout how long Kafka may take to acknowledge an event before its sender is told to try again
 * @param rateLimit how much each key may send
 * @param registry where the events' schema is registered; without one, records say it themselves
 * @param naming how agents are called that do not say who they are
 * @param privacy how much of events is kept
 * @param fingerprintKey the key of tool calls' fingerprints; without one it is drawn
 * @param retention for how long sessions are kept: what is older is told to who imports it
 * @param spool how events are kept while Kafka does not take them
 */
public record CollectorConfig(
        String host,
        int port,
        String bootstrap,
        ApiKeys keys,
        int maxBodyBytes,
        int maxBatchBytes,
        Duration bodyTimeout,
        Duration timeout,
        RateLimit rateLimit,
        Optional<RegistryConfig> registry,
        AgentNaming naming,
        Privacy privacy,
        Optional<String> fingerprintKey,
        Duration retention,
        SpoolConfig spool) {

    private static final Pattern ADDRESSES = Pattern.compile("[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*");
    private static final int DEFAULT_PORT = 4318;
    private static final int MAX_PORT = 65_535;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(500);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration MAX_BODY_TIMEOUT = Duration.ofMinutes(10);

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public static CollectorConfig from(Settings settings) {
        return from(settings, Optional.empty());
    }

    /**
     * Reads the settings, with keys to fall back on.
     *
     * @param keysByDefault who may send beside those whose key was issued, if the settings name no key
     * @throws InvalidSettingException if one is wrong
     */
    public static CollectorConfig from(Settings settings, Optional<ApiKeys> keysByDefault) {
        return new CollectorConfig(
                settings.text("MUSTER_INGEST_HOST").orElse("127.0.0.1"),
                (int) settings.number("MUSTER_INGEST_PORT", DEFAULT_PORT, 0, MAX_PORT),
                bootstrap(settings),
                settings.text(ApiKeys.SETTING)
                        .map(ApiKeys::parse)
                        .or(() -> keysByDefault)
                        .orElseGet(ApiKeys::none),
                (int) settings.number("MUSTER_INGEST_MAX_BODY_BYTES", MEBIBYTE, 1024, 16L * MEBIBYTE),
                (int) settings.number("MUSTER_INGEST_MAX_BATCH_BYTES", 4 * MEBIBYTE, 1024, 64L * MEBIBYTE),
                duration(settings, "MUSTER_INGEST_BODY_TIMEOUT", Duration.ofMinutes(1), MAX_BODY_TIMEOUT),
                duration(settings, "MUSTER_INGEST_TIMEOUT", Duration.ofSeconds(5), MAX_TIMEOUT),
                RateLimit.from(settings),
                RegistryConfig.from(settings),
                AgentNaming.from(settings),
                Privacy.from(settings),
                FingerprintKey.from(settings),
                RetentionSetting.from(settings),
                SpoolConfig.from(settings));
    }

    private static String bootstrap(Settings settings) {
        String bootstrap = KafkaSettings.bootstrap(settings);
        if (!ADDRESSES.matcher(bootstrap).matches()) {
            throw new InvalidSettingException(KafkaSettings.BOOTSTRAP + " is «" + bootstrap
                    + "», and must be host:port, several divided by commas.");
        }
        return bootstrap;
    }

    private static Duration duration(Settings settings, String name, Duration byDefault, Duration max) {
        Duration duration = settings.duration(name, byDefault);
        if (duration.compareTo(MIN_TIMEOUT) < 0 || duration.compareTo(max) > 0) {
            throw new InvalidSettingException(
                    name + " is " + duration + ", and must be from " + MIN_TIMEOUT + " to " + max + ".");
        }
        return duration;
    }
}
