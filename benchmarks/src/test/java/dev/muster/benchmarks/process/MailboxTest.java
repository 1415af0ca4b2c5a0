/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {

    @Test
    void theOtherSideFindsTheLatestMessageOfAName(@TempDir Path folder) {
        Mailbox one = new Mailbox(folder);
        Mailbox other = new Mailbox(folder);
        assertThat(other.has("memory")).isFalse();
        assertThat(other.get("memory", Memory.class)).isEmpty();

        one.put("memory", new Memory(1, 2));
        one.put("memory", new Memory(3, 4));

        assertThat(other.has("memory")).isTrue();
        assertThat(other.get("memory", Memory.class)).contains(new Memory(3, 4));
        assertThat(other.require("memory", Memory.class)).isEqualTo(new Memory(3, 4));
    }

    @Test
    void saysWhichMessageIsMissingOrCannotBeRead(@TempDir Path folder) throws Exception {
        Mailbox mailbox = new Mailbox(folder);
        assertThatThrownBy(() -> mailbox.require("order", Memory.class)).hasMessageContaining("no message order in");

        Files.writeString(folder.resolve("order.json"), "{");
        assertThatThrownBy(() -> mailbox.get("order", Memory.class)).hasMessageContaining("message order");
    }
}
