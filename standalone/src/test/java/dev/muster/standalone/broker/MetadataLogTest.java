/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.standalone.host.LoopbackPorts;
import dev.muster.standalone.host.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataLogTest {

    private static final String SEGMENT = "__cluster_metadata-0/00000000000000000000.log";

    private final Path logs;
    private byte[] sound = {};

    MetadataLogTest(@TempDir Path logs) {
        this.logs = logs;
    }

    @BeforeAll
    void writeALogByKafkaItself() throws IOException {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(logs, LoopbackPorts.free(1).get(0))) {
            StandaloneTopics.ensure(broker.bootstrapServers());
        }
        sound = Files.readAllBytes(logs.resolve(SEGMENT));
    }

    @Test
    void takesWhatKafkaWrote() throws IOException {
        write(sound);
        assertThatCode(() -> MetadataLog.check(logs)).doesNotThrowAnyException();
    }

    @Test
    void takesALastBatchThatIsCutShort() throws IOException {
        write(Arrays.copyOf(sound, sound.length - 3));
        assertThatCode(() -> MetadataLog.check(logs)).doesNotThrowAnyException();
    }

    @Test
    void takesZerosThatWereNeverWrittenTo() throws IOException {
        write(Arrays.copyOf(sound, sound.length + 4096));
        assertThatCode(() -> MetadataLog.check(logs)).doesNotThrowAnyException();
    }

    @Test
    void refusesAFlippedBitAnywhereInARecord() throws IOException {
        byte[] flipped = sound.clone();
        flipped[sound.length / 2] ^= 4;
        write(flipped);
        assertThatThrownBy(
                        () -> EmbeddedBroker.start(logs, LoopbackPorts.free(1).get(0)))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(SEGMENT + " is not readable from byte");
    }

    @Test
    void refusesGarbage() throws IOException {
        byte[] garbage = new byte[1000];
        Arrays.fill(garbage, (byte) 0x5A);
        write(garbage);
        assertThatThrownBy(() -> MetadataLog.check(logs))
                .isInstanceOf(IOException.class)
                .hasMessage(SEGMENT + " is not readable from byte 0");
    }

    private void write(byte[] log) throws IOException {
        Files.write(logs.resolve(SEGMENT), log);
    }
}
