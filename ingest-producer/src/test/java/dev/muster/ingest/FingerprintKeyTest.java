/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintKeyTest {

    private static final TextNode INPUT = TextNode.valueOf("ls");

    private final Path folder;

    FingerprintKeyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private CollectorConfig config(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("MUSTER_KAFKA_BOOTSTRAP", "none:9092", "MUSTER_SPOOL_DIR", folder.toString()));
        settings.putAll(more);
        return CollectorConfig.from(Settings.of(settings));
    }

    private static long made(CollectorConfig config) {
        return FingerprintKey.fingerprints(config).input(INPUT);
    }

    @Test
    void itIsDrawnOnceAndKeptForItsOwnerAlone() throws IOException {
        long first = made(config(Map.of()));

        assertThat(made(config(Map.of()))).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(folder.resolve("fingerprint-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.toFile().list()).containsExactly("fingerprint-key");
    }

    @Test
    void collectorsWithTheSameSettingMakeTheSame() {
        CollectorConfig set = config(Map.of("MUSTER_FINGERPRINT_KEY", "a secret of some length"));

        assertThat(made(set)).isEqualTo(made(set)).isNotEqualTo(made(config(Map.of())));
    }

    @Test
    void withoutASpoolItIsOneProcesss() {
        CollectorConfig none = config(Map.of("MUSTER_SPOOL_MAX_BYTES", "0"));

        assertThat(made(none)).isNotEqualTo(made(none));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneThatCouldBeFoundByTryingStopsTheStart() {
        assertThatThrownBy(() -> config(Map.of("MUSTER_FINGERPRINT_KEY", "short")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_FINGERPRINT_KEY is a secret, and must have at least 16 characters.");
    }

    @Test
    void aFileThatIsNoKeyStopsTheStart() throws IOException {
        Files.write(folder.resolve("fingerprint-key"), new byte[3]);

        assertThatThrownBy(() -> made(config(Map.of())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("has only 3 bytes; delete the file");
    }
}
