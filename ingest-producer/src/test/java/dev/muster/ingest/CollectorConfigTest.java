/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.auth.Access;
import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorConfigTest {

    private static final String KEYS = "MUSTER_API_KEYS";

    @Test
    void hasDefaultsForAllButTheKeys() {
        CollectorConfig config = CollectorConfig.from(Settings.of(Map.of(KEYS, "vk_a=acme")));

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(4318);
        assertThat(config.bootstrap()).isEqualTo("127.0.0.1:9092");
        assertThat(config.keys().find("vk_a")).isInstanceOf(Access.Granted.class);
        assertThat(config.maxBodyBytes()).isEqualTo(1024 * 1024);
        assertThat(config.bodyTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.spool())
                .isEqualTo(new SpoolConfig(Path.of("spool"), 256L * 1024 * 1024, Duration.ofMillis(500)));
    }

    @Test
    void readsEverySetting() {
        Settings settings = Settings.of(Map.ofEntries(
                Map.entry(KEYS, "vk_a=acme"),
                Map.entry("MUSTER_INGEST_HOST", "::1"),
                Map.entry("MUSTER_INGEST_PORT", "0"),
                Map.entry("MUSTER_KAFKA_BOOTSTRAP", "[::1]:9092,kafka-2:9092"),
                Map.entry("MUSTER_INGEST_MAX_BODY_BYTES", "2048"),
                Map.entry("MUSTER_INGEST_MAX_BATCH_BYTES", "8192"),
                Map.entry("MUSTER_INGEST_BODY_TIMEOUT", "PT90S"),
                Map.entry("MUSTER_INGEST_TIMEOUT", "PT2S"),
                Map.entry("MUSTER_RATE_LIMIT", "50"),
                Map.entry("MUSTER_RATE_BURST", "60"),
                Map.entry("MUSTER_PRIVACY", "full"),
                Map.entry("MUSTER_PRIVACY_ACCOUNTS", "acme=minimal"),
                Map.entry("MUSTER_KEEP_USERS", "true"),
                Map.entry("MUSTER_RETENTION", "P7D"),
                Map.entry("MUSTER_FINGERPRINT_KEY", "a secret of some length"),
                Map.entry("MUSTER_SPOOL_DIR", "/var/spool/muster"),
                Map.entry("MUSTER_SPOOL_MAX_BYTES", "4096"),
                Map.entry("MUSTER_SPOOL_AFTER", "PT1S")));

        CollectorConfig config = CollectorConfig.from(settings);

        settings.refuseUnknown();
        assertThat(config)
                .isEqualTo(new CollectorConfig(
                        "::1",
                        0,
                        "[::1]:9092,kafka-2:9092",
                        config.keys(),
                        2048,
                        8192,
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(2),
                        new RateLimit(50, 60),
                        Optional.empty(),
                        AgentNaming.DIRECTORY,
                        new Privacy(PrivacyLevel.FULL, Map.of("acme", PrivacyLevel.MINIMAL), true),
                        Optional.of("a secret of some length"),
                        Duration.ofDays(7),
                        new SpoolConfig(Path.of("/var/spool/muster"), 4096, Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MUSTER_INGEST_PORT           | 65536",
                "MUSTER_INGEST_PORT           | http",
                "MUSTER_KAFKA_BOOTSTRAP       | localhost",
                "MUSTER_KAFKA_BOOTSTRAP       | a:1, b:2",
                "MUSTER_INGEST_MAX_BODY_BYTES | 1",
                "MUSTER_INGEST_BODY_TIMEOUT   | PT0.1S",
                "MUSTER_INGEST_BODY_TIMEOUT   | PT11M",
                "MUSTER_INGEST_TIMEOUT        | PT0.1S",
                "MUSTER_INGEST_TIMEOUT        | PT1H",
                "MUSTER_RATE_LIMIT            | -1",
                "MUSTER_RATE_BURST            | 0",
                "MUSTER_PRIVACY               | none",
                "MUSTER_PRIVACY_ACCOUNTS      | acme",
                "MUSTER_PRIVACY_ACCOUNTS      | acme=full,acme=minimal",
                "MUSTER_PRIVACY_ACCOUNTS      | Acme=full",
                "MUSTER_SPOOL_MAX_BYTES       | -1",
                "MUSTER_SPOOL_AFTER           | PT0S",
                "MUSTER_SPOOL_AFTER           | PT2M",
                "MUSTER_API_KEYS              | secret"
            })
    void aWrongSettingIsOneSentence(String name, String value) {
        assertThatThrownBy(() -> CollectorConfig.from(
                        Settings.of(Map.of(name, value)), Optional.of(ApiKeys.parse("vk_local=local"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(name)
                .hasMessageMatching("[^\\n]+\\.");
    }

    @Test
    void withoutASetKeyOnlyIssuedOnesMaySend() {
        assertThat(CollectorConfig.from(Settings.of(Map.of())).keys().find("vk_a"))
                .isEqualTo(new Access.Refused("invalid_key"));
    }

    @Test
    void aBurstIsTenSecondsWorthUnlessItIsSet() {
        assertThat(CollectorConfig.from(Settings.of(Map.of())).rateLimit()).isEqualTo(new RateLimit(10_000, 100_000));
        assertThat(CollectorConfig.from(Settings.of(Map.of("MUSTER_RATE_LIMIT", "7")))
                        .rateLimit())
                .isEqualTo(new RateLimit(7, 70));
        assertThat(CollectorConfig.from(Settings.of(Map.of("MUSTER_RATE_LIMIT", "0")))
                        .rateLimit())
                .isEqualTo(new RateLimit(0, 1));
    }
}
