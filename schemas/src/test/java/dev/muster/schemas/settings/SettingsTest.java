/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void theEnvironmentIsOverTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("muster.properties"), "MUSTER_A = file\nMUSTER_B = füle\n");

        Settings settings = Settings.of(Map.of("MUSTER_CONFIG_FILE", file.toString(), "MUSTER_A", "environment"));

        assertThat(settings.text("MUSTER_A")).contains("environment");
        assertThat(settings.text("MUSTER_B")).contains("füle");
        settings.refuseUnknown();
    }

    @Test
    void aFileThatCannotBeReadStopsTheStart(@TempDir Path folder) {
        assertThatThrownBy(() -> Settings.of(
                        Map.of("MUSTER_CONFIG_FILE", folder.resolve("none").toString())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_CONFIG_FILE names a file that cannot be read: ");
    }

    @Test
    void aBlankSettingIsNone() {
        Settings settings = Settings.of(Map.of("MUSTER_A", "  ", "MUSTER_B", " b "));

        assertThat(settings.text("MUSTER_A")).isEmpty();
        assertThat(settings.text("MUSTER_B")).contains("b");
        assertThat(settings.text("MUSTER_C")).isEmpty();
    }

    @Test
    void aFlagIsTrueOrFalseAndNothingElse() {
        Settings settings = Settings.of(Map.of("MUSTER_A", "true", "MUSTER_B", "false"));

        assertThat(settings.flag("MUSTER_A", false)).isTrue();
        assertThat(settings.flag("MUSTER_B", true)).isFalse();
        assertThat(settings.flag("MUSTER_C", true)).isTrue();
        assertThat(settings.flag("MUSTER_C", false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "1"})
    void aFlagThatIsNeitherStopsTheStart(String value) {
        assertThatThrownBy(() -> Settings.of(Map.of("MUSTER_A", value)).flag("MUSTER_A", false))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_A is «" + value + "», and must be true or false.");
    }

    @Test
    void aSettingThatNobodyReadStopsTheStart() {
        Settings settings = Settings.of(Map.of("MUSTER_A", "1", "MUSTER_TYPO", "1", "PATH", "/bin"));
        settings.number("MUSTER_A", 0, 0, 9);

        assertThatThrownBy(settings::refuseUnknown)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_TYPO is no setting of this program");
        settings.text("MUSTER_TYPO");
        assertThatCode(settings::refuseUnknown).doesNotThrowAnyException();
    }

    @Test
    void aNumberHasBounds() {
        Settings settings = Settings.of(Map.of("MUSTER_N", "5"));

        assertThat(settings.number("MUSTER_N", 1, 5, 5)).isEqualTo(5);
        assertThat(settings.number("MUSTER_OTHER", 1, 0, 9)).isEqualTo(1);
        assertThatThrownBy(() -> settings.number("MUSTER_N", 1, 6, 9))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_N is 5, and must be from 6 to 9.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "99999999999999999999", "0x1"})
    void whatIsNoNumberIsSaid(String value) {
        assertThatThrownBy(() -> Settings.of(Map.of("MUSTER_N", value)).number("MUSTER_N", 1, 0, 9))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_N is «" + value + "», and must be a whole number.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5s", "PT0S", "-PT1S", "P1M"})
    void aDurationIsLongerThanNothing(String value) {
        assertThatThrownBy(() -> Settings.of(Map.of("MUSTER_D", value)).duration("MUSTER_D", Duration.ofDays(1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_D is ");
        assertThat(Settings.of(Map.of("MUSTER_D", "PT0.5S")).duration("MUSTER_D", Duration.ofDays(1)))
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aPathIsOne() {
        assertThat(Settings.of(Map.of("MUSTER_P", "/var/data")).path("MUSTER_P"))
                .contains(Path.of("/var/data"));
        assertThatThrownBy(() -> Settings.of(Map.of("MUSTER_P", "a\0b")).path("MUSTER_P"))
                .isInstanceOf(InvalidSettingException.class);
    }
}
