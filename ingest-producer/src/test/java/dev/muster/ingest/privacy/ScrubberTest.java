/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

    private static final String LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6nP9r";
    private static final int HARD_LENGTH = 128 * 1024;
    private static final int MAX_VISITS = 200;

    /** What a secret begins with, goes on with, or borders on. */
    private static final List<String> PIECES = List.of(
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN ",
            "-----END PRIVATE KEY-----",
            "eyJ",
            "eyJhbGciOi.eyJzdWIiOi.c2ln",
            "sk-ant-" + LETTERS,
            "sk-" + LETTERS,
            "sk-proj-",
            "sk_live_" + LETTERS,
            "ghp_" + LETTERS,
            "AKIAABCDEFGHIJKLMNOP",
            "xoxb-" + LETTERS,
            "vk_" + LETTERS,
            "https://user:pass",
            "://",
            "a@b.com",
            "jane.doe@example.com",
            "+4915112345678",
            "4111 1111 1111 1111",
            "4111111111111111",
            "1795365341167",
            "git@",
            "\\n",
            "\n",
            LETTERS,
            "…",
            "@",
            ".",
            "-",
            "_",
            "+",
            " ",
            ":",
            "é",
            "1",
            "a");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl        | JWT",
                "sk-ant-api03-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6nP9r     | API-KEY",
                "sk-aB3dE6gH9jK2mN5pQ8sT                                   | API-KEY",
                "sk-proj-aB3dE6gH9j_2mN5pQ8s-                              | API-KEY",
                "sk-or-v1-aB3dE6gH9jK2mN5pQ8sT                             | API-KEY",
                "sk_live_aB3dE6gH9jK2mN5pQ8sT                              | API-KEY",
                "pk_live_aB3dE6gH9jK2mN5pQ8sT                              | API-KEY",
                "rk_live_aB3dE6gH9jK2mN5pQ8sT                              | API-KEY",
                "github_pat_aB3dE6gH9jK2mN5pQ8sT1_                         | API-KEY",
                "ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6                  | API-KEY",
                "gho_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6                  | API-KEY",
                "ghs_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6                  | API-KEY",
                "glpat-aB3dE6gH9jK2mN5pQ8sT                                | API-KEY",
                "AKIAABCDEFGHIJKLMNOP                                      | API-KEY",
                "ASIAABCDEFGHIJKLMNOP                                      | API-KEY",
                "xoxb-1234567890-abcdef                                    | API-KEY",
                "vk_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ                       | API-KEY",
                "AIzaaB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL                   | API-KEY",
                "npm_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6                  | API-KEY",
                "jane.doe+x@mail.example.com                               | EMAIL",
                "jörg@example.com                                          | EMAIL",
                "+4915112345678                                            | PHONE",
                "4111111111111111                                          | CARD",
                "4111 1111 1111 1111                                       | CARD",
                "4111-1111-1111-1111                                       | CARD",
                "378282246310005                                           | CARD"
            })
    void aSecretIsReplacedWhereverItStands(String secret, String kind) {
        String replacement = "[REDACTED-" + kind + "]";

        assertThat(Scrubber.scrub(secret)).isEqualTo(replacement);
        assertThat(Scrubber.scrub("say " + secret + ", then \"" + secret + "\" and\\n" + secret + " 12/27"))
                .isEqualTo("say " + replacement + ", then \"" + replacement + "\" and\\n" + replacement + " 12/27");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lodash@4.17.21",
                "git@github.com:acme/demo",
                "task-aB3dE6gH9jK2mN5pQ8sT1vW4",
                "vk_local",
                "@Override",
                "https://example.com:8080/a?b=c@d",
                "+1 of 2",
                "4111111111111112",
                "8a79ec5f378282246310005",
                "Loading…",
                "/w/demo/src/auth.ts"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Scrubber.scrub(text)).isEqualTo(text);
    }

    @Test
    void aPrivateKeyGoesWithItsBody() {
        String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA\n-----END OPENSSH PRIVATE KEY-----";

        assertThat(Scrubber.scrub("a " + key + " b " + key + " c"))
                .isEqualTo("a [REDACTED-PRIVATE-KEY] b [REDACTED-PRIVATE-KEY] c");
        assertThat(Scrubber.scrub("a " + key.substring(0, 50) + "…")).isEqualTo("a [REDACTED-PRIVATE-KEY]");
    }

    @Test
    void anAddressKeepsAllButItsCredentials() {
        assertThat(Scrubber.scrub("clone https://jane:p@ss@git.example.com:8443/a.git"))
                .isEqualTo("clone https://[REDACTED-CREDENTIALS]@git.example.com:8443/a.git");
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void aSecretThatWasCutLosesItsHalf(String secret) {
        String before = "The words before it are so many that the text had to be cut. ".repeat(2);
        for (int kept = 1; kept < secret.length(); kept++) {
            String half = secret.substring(0, kept);
            assertThat(Scrubber.scrub(before + half + "…"))
                    .startsWith(before)
                    .satisfies(
                            text -> assertThat(text.substring(before.length()).replaceFirst("\\[.*?]", ""))
                                    .matches("[\"'\\s-]*…?"));
        }
    }

    static List<String> pieces() {
        return PIECES.stream()
                .filter(piece -> piece.length() > 1 && !piece.startsWith("-----END"))
                .filter(piece -> !piece.startsWith("-----BEGIN"))
                .toList();
    }

    @Property(tries = 5000)
    void toScrubTwiceIsToScrubOnce(@ForAll("texts") String text) {
        String once = Scrubber.scrub(text);

        assertThat(Scrubber.scrub(once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(16).map(pieces -> String.join("", pieces));
    }

    /** Counts how often characters are looked at, which is what time goes into. */
    @ParameterizedTest
    @MethodSource("hardTexts")
    void aHardTextCostsNoMoreThanItsLength(String piece) {
        String text = piece.repeat(HARD_LENGTH / piece.length());
        for (SecretPattern secret : SecretPattern.ALL) {
            Visited visited = new Visited(text);
            Matcher matcher = secret.pattern().matcher(visited);
            while (matcher.find()) {
                assertThat(matcher.end()).isGreaterThan(matcher.start());
            }
            assertThat(visited.visits).as(secret.sign()).isLessThan((long) MAX_VISITS * HARD_LENGTH);
        }
        Visited visited = new Visited(text);
        assertThat(CardNumbers.scrub(visited)).isNotEmpty();
        assertThat(visited.visits).isLessThan((long) MAX_VISITS * HARD_LENGTH);
        assertThat(Scrubber.scrub(text)).isNotNull();
    }

    static List<String> hardTexts() {
        return List.of(
                "a",
                "a.",
                "a@",
                "a@b.",
                "a@a.a1",
                "1",
                "1 ",
                "41111 ",
                "+1",
                "+1234567890a",
                "eyJ",
                "-eyJ",
                "\\neyJ",
                "eyJaaaaa.",
                "eyJaaaaa.a ",
                "sk-",
                "-sk-ant-",
                "-sk-proj-aaaaaaaaaaaaaaaaaaa ",
                "vk_",
                "_ghp_",
                "AKIA",
                "-----BEGIN ",
                "-----BEGIN A A A A ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----------END ",
                "://",
                "://a:",
                "://a:b",
                "://a:b@",
                "git@",
                "\\n",
                "é",
                "…");
    }

    private static final class Visited implements CharSequence {

        private final String text;
        private long visits;

        Visited(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            visits++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
