/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    private final Path parent;

    DataFolderTest(@TempDir Path parent) {
        this.parent = parent;
    }

    @Test
    void makesTheFolderThatIsMissing() {
        Path path = parent.resolve("a/b");
        try (DataFolder folder = DataFolder.open(path)) {
            assertThat(folder.path()).isEqualTo(path).isDirectory();
        }
    }

    @Test
    void isHeldByOneAtATime() {
        DataFolder first = DataFolder.open(parent);
        assertThatThrownBy(() -> DataFolder.open(parent))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("Another Muster is running on the data folder " + parent
                        + "; stop that one, or choose another folder with --data.");
        first.close();
        DataFolder.open(parent).close();
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("The data folder " + file + " cannot be made, because " + file + " is a file.");
    }

    @Test
    void refusesAPlaceBelowAFile() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("The data folder " + file.resolve("data"));
    }
}
