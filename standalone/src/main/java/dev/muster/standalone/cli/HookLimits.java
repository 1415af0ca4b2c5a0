/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What in Claude Code's settings keeps hooks from running: a connection that says it is one and never tells anything is none. */
final class HookLimits {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HookLimits() {}

    /**
     * Why hooks would not run, each a sentence.
     *
     * @param files settings that count; those that are not there, or are no JSON, limit nothing
     * @param hooks where the hooks go
     */
    static List<String> of(List<Path> files, String hooks) throws IOException {
        List<String> limits = new ArrayList<>();
        for (Path file : files) {
            JsonNode settings = Files.isReadable(file) && Files.isRegularFile(file) ? read(file) : JSON.nullNode();
            if (settings.path("disableAllHooks").asBoolean()) {
                limits.add(file + " disables all hooks (disableAllHooks): none of these runs.");
            }
            if (settings.path("allowManagedHooksOnly").asBoolean()) {
                limits.add(file + " allows an administrator's hooks only (allowManagedHooksOnly): none of these runs.");
            }
            JsonNode urls = settings.path("allowedHttpHookUrls");
            if (urls.isArray() && !isAllowed(urls, hooks)) {
                limits.add(file + " allows hooks to other addresses only (allowedHttpHookUrls): add " + hooks + ".");
            }
        }
        return limits;
    }

    private static boolean isAllowed(JsonNode urls, String hooks) {
        for (JsonNode url : urls) {
            String pattern = Pattern.quote(url.asText()).replace("*", "\\E.*\\Q");
            if (hooks.matches(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }
}
