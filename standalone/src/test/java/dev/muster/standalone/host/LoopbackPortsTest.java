/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {

    @Test
    void freePortsAreDistinctAndFree() {
        assertThat(LoopbackPorts.free(3)).doesNotHaveDuplicates().allMatch(LoopbackPorts::isFree);
    }

    @Test
    void namesTheTakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(LoopbackPorts.isFree(port)).isFalse();
            assertThatThrownBy(() -> LoopbackPorts.requireFree(port, "the API", "--port"))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessage("Port " + port + " for the API is taken by another program; stop that one,"
                            + " or choose another port with --port.");
        }
    }
}
