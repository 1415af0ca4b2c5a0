/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.CollectorConfig;
import dev.muster.query.QueryConfig;
import dev.muster.schemas.settings.Settings;
import dev.muster.server.topics.TopicSettings;
import dev.muster.streams.SessionStreamsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md and the configuration classes together. */
class ConfigurationDocTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(MUSTER_[A-Z_]+)` \\|");

    @Test
    void listsExactlyTheSettingsThatAreRead() throws IOException {
        Settings settings = Settings.of(Map.of("MUSTER_API_KEYS", "vk_a=local"));
        CollectorConfig.from(settings);
        SessionStreamsConfig.from(settings);
        QueryConfig.from(settings);
        TopicSettings.from(settings);
        StandaloneConfig.from(settings, Path.of("data"));
        SortedSet<String> read = new TreeSet<>(settings.namesRead());
        read.add(Settings.FILE);

        SortedSet<String> listed = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(read);
    }
}
