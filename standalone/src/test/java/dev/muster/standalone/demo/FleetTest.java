/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final Instant PRESENT = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<String> CONTRACT = Set.of(
            "agentId",
            "timestamp",
            "type",
            "input",
            "reasoning",
            "toolExecuted",
            "transaction",
            "amount",
            "outcome",
            "durationMs",
            "errorMessage",
            "model",
            "metadata",
            "traceId");

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(posts(1, 500)).isEqualTo(posts(1, 500)).isNotEqualTo(posts(2, 500));
    }

    @Test
    void goesOnInTimeOrderFromAnHourAgo() {
        List<Post> posts = posts(1, 5_000);
        assertThat(posts).extracting(Post::at).isSorted().first().matches(at -> at.isAfter(PRESENT.minus(Fleet.PAST)));
        assertThat(posts.get(0).at()).isBefore(PRESENT.minus(Duration.ofMinutes(50)));
    }

    @Test
    void producesAFewEventsASecond() {
        long inTenMinutes = Stream.generate(new Fleet(PRESENT, 1)::next)
                .dropWhile(post -> post.at().isBefore(PRESENT))
                .takeWhile(post -> post.at().isBefore(PRESENT.plusSeconds(600)))
                .count();
        assertThat(inTenMinutes / 600.0).isBetween(2.0, 8.0);
    }

    @Test
    void tellsOfThePastOnlyWithTimes() {
        assertThat(posts(1, 5_000))
                .filteredOn(post -> post.at().isBefore(PRESENT))
                .isNotEmpty()
                .allMatch(post -> post.path().equals(Post.EVENTS))
                .allMatch(post ->
                        post.body().get("timestamp").longValue() == post.at().toEpochMilli());
    }

    @Test
    void keepsToTheContract() {
        assertThat(posts(1, 5_000))
                .filteredOn(post -> post.path().equals(Post.EVENTS))
                .allSatisfy(post -> {
                    assertThat(CONTRACT).containsAll(names(post.body()));
                    assertThat(post.body().at("/metadata/sessionId").asText()).isNotEmpty();
                    assertThat(post.body().get("type").asText()).isIn("reasoning", "tx", "decision", "action", "error");
                });
    }

    @Test
    void showsWhatAFleetLivesThrough() {
        List<Post> posts = posts(1, 60_000);
        Set<String> hooks = posts.stream()
                .filter(post -> post.path().equals(Post.HOOKS))
                .map(post -> post.body().get("hook_event_name").asText())
                .collect(Collectors.toSet());
        assertThat(hooks)
                .containsExactlyInAnyOrder(
                        "UserPromptSubmit",
                        "PreToolUse",
                        "PostToolUse",
                        "PostToolUseFailure",
                        "PermissionDenied",
                        "Stop",
                        "StopFailure");
        assertThat(posts).anyMatch(post -> !post.body().at("/metadata/denial").isMissingNode());
        assertThat(posts).anyMatch(post -> !post.body().at("/transaction").isMissingNode());
        Set<String> ended = toolUseIds(posts, "PostToolUse", "PostToolUseFailure", "PermissionDenied");
        List<Post> longAgo = posts.subList(0, 50_000);
        assertThat(toolUseIds(longAgo, "PreToolUse")).isNotEmpty().anyMatch(id -> !ended.contains(id));
    }

    private static List<Post> posts(long seed, int count) {
        return Stream.generate(new Fleet(PRESENT, seed)::next).limit(count).toList();
    }

    private static Set<String> names(JsonNode body) {
        return body.propertyStream().map(java.util.Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> toolUseIds(List<Post> posts, String... hookEvents) {
        return posts.stream()
                .filter(post -> Set.of(hookEvents)
                        .contains(post.body().path("hook_event_name").asText()))
                .map(post -> post.body().get("tool_use_id").asText())
                .collect(Collectors.toSet());
    }
}
