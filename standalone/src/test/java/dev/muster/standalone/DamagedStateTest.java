/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.standalone.host.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStateTest {

    private final Path data;

    DamagedStateTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void namesTheFolderAndStartsAgainWithoutIt() throws IOException {
        startAndStop();
        for (Path manifest : manifests()) {
            byte[] bytes = Files.readAllBytes(manifest);
            bytes[bytes.length / 2] ^= (byte) 0xff;
            Files.write(manifest, bytes);
        }
        Path state = DataFolder.streams(data);
        assertThatThrownBy(this::start)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The state in " + state
                        + " is damaged: move it away and start again; it is rebuilt from Kafka.");
        Files.move(state, data.resolve("damaged"));
        startAndStop();
        assertThat(manifests()).isNotEmpty();
        assertThat(data.resolve(DataFolder.LOG)).content().contains("The state is damaged");
    }

    private void startAndStop() {
        try (Standalone muster = start()) {
            await().atMost(Duration.ofMinutes(1)).until(muster::notReadyBecause, Optional::isEmpty);
            assertThat(muster.failedBecause()).isEmpty();
        }
    }

    private Standalone start() {
        return Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                data,
                InstantSource.system(),
                folder -> {});
    }

    private List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(DataFolder.streams(data))) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("MANIFEST"))
                    .toList();
        }
    }
}
