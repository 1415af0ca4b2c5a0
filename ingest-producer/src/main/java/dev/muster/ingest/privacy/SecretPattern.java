/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How one kind of secret looks. None can be made to take long: repetitions are possessive or bounded, and what may be
 * long begins only where a run of its characters does, so that each character is looked at a bounded number of times.
 * None begins or ends within a word that another one takes, so that what was scrubbed once stays as it is.
 *
 * @param sign what every secret of the kind holds; a text without it is not looked at further
 * @param pattern the secret
 * @param replacement what stands in its place
 */
record SecretPattern(String sign, Pattern pattern, String replacement) {

    private static final String API_KEY = "[REDACTED-API-KEY]";

    /** After an escaped line end: in JSON that was cut it is still two characters, and the second a letter. */
    private static final String ESCAPED = "(?<=\\\\[nrtbf])";

    /** Not within a word. */
    private static final String START = "(?:(?<![A-Za-z0-9])|" + ESCAPED + ")";

    private static final String LABEL = "(?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----";
    private static final String LOCAL = "[\\p{L}\\p{N}._%+-]";

    /** All of them, in the order in which they are looked for. */
    static final List<SecretPattern> ALL = List.of(
            // One whose end is missing goes on to the text's end: it was cut.
            of(
                    "PRIVATE KEY",
                    "(?s)-----BEGIN " + LABEL + ".*?(?:-----END " + LABEL + "|\\z)",
                    "[REDACTED-PRIVATE-KEY]"),
            of(
                    "eyJ",
                    "(?:(?<![A-Za-z0-9_-])|" + ESCAPED + ")eyJ[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+){2,4}",
                    "[REDACTED-JWT]"),
            apiKey("sk-ant-", "sk-ant-[A-Za-z0-9_-]{40,}+"),
            apiKey("sk-", "sk-(?:proj|svcacct|admin|or-v1)-[A-Za-z0-9_-]{20,}+"),
            apiKey("sk-", "sk-[A-Za-z0-9]{20,}+"),
            apiKey("k_live_", "[psr]k_live_[A-Za-z0-9]{10,}+"),
            apiKey("github_pat_", "github_pat_[A-Za-z0-9_]{22,}+"),
            apiKey("gh", "gh[pousr]_[A-Za-z0-9]{36,}+"),
            apiKey("glpat-", "glpat-[A-Za-z0-9_-]{20,}+"),
            apiKey("A", "A[KS]IA[0-9A-Z]{16}(?![A-Za-z0-9])"),
            apiKey("xox", "xox[baprs]-[A-Za-z0-9-]{10,}+"),
            apiKey("vk_", "vk_[A-Za-z0-9_-]{32,}+"),
            apiKey("AIza", "AIza[A-Za-z0-9_-]{35,}+"),
            apiKey("npm_", "npm_[A-Za-z0-9]{36,}+"),
            of("://", "(?<=://)[^\\s/?#\"'\\\\<>@:\\[]*+:[^\\s/?#\"'\\\\<>\\[]*(?=@)", "[REDACTED-CREDENTIALS]"),
            // Who logs in as git is nobody.
            of(
                    "@",
                    "(?:\\G|(?<!" + LOCAL + ")|" + ESCAPED + ")(?!(?<=\\\\)[nrtbf])(?!git@)" + LOCAL
                            + "++@[\\p{L}\\p{N}.-]*\\.\\p{L}{2,}+",
                    "[REDACTED-EMAIL]"),
            of("+", "\\+[0-9]{10,15}+(?![A-Za-z0-9])", "[REDACTED-PHONE]"));

    private static SecretPattern apiKey(String sign, String pattern) {
        return of(sign, START + pattern, API_KEY);
    }

    private static SecretPattern of(String sign, String pattern, String replacement) {
        return new SecretPattern(sign, Pattern.compile(pattern), replacement);
    }

    /** The text with every such secret replaced. */
    String scrub(String text) {
        return text.contains(sign) ? pattern.matcher(text).replaceAll(replacement) : text;
    }
}
