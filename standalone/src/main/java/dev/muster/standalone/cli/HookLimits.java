/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What in Claude Code's settings keeps hooks from running: a connection that says it is one and never tells anything is none. */
final class HookLimits {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HookLimits() {}

    /**
     * Why hooks would not run, each a sentence.
     *
     * @param files settings that count, the one that goes first first; those that are not there, or are no JSON, limit nothing
     * @param managed those of them that are an administrator's
     * @param hooks where the hooks go
     */
    static List<String> of(Collection<Path> files, Collection<Path> managed, String hooks) {
        List<String> limits = new ArrayList<>();
        Optional<Path> switched = files.stream()
                .filter(file -> read(file).hasNonNull("disableAllHooks"))
                .findFirst();
        switched.filter(file -> read(file).path("disableAllHooks").asBoolean())
                .ifPresent(file -> limits.add(file + " disables all hooks (disableAllHooks): none of these runs."));
        managed.stream()
                .filter(file -> read(file).path("allowManagedHooksOnly").asBoolean())
                .forEach(file -> limits.add(
                        file + " allows an administrator's hooks only (allowManagedHooksOnly): none of these runs."));
        List<Path> listing = files.stream()
                .filter(file -> read(file).path("allowedHttpHookUrls").isArray())
                .toList();
        if (!listing.isEmpty()
                && listing.stream().noneMatch(file -> isAllowed(read(file).path("allowedHttpHookUrls"), hooks))) {
            limits.add(
                    listing.get(0) + " allows hooks to other addresses only (allowedHttpHookUrls): add " + hooks + ".");
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

    private static JsonNode read(Path file) {
        try {
            return Files.isReadable(file) && Files.isRegularFile(file)
                    ? JSON.readTree(Files.readAllBytes(file))
                    : MissingNode.getInstance();
        } catch (IOException e) {
            // Claude Code cannot read it either.
            return MissingNode.getInstance();
        }
    }
}
