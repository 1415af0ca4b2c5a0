/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Place;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads where and for whom an agent works, by OpenTelemetry's conventions for version control, hosts and users: a record's own
 * attributes before those of its resource.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/vcs/">the conventions of version control</a>
 */
final class Whereabouts {

    private static final List<String> REMOTES = List.of("vcs.repository.url.full", "vcs.repository.url");
    private static final List<String> BRANCHES = List.of("vcs.ref.head.name", "vcs.repository.ref.name", "git.branch");
    private static final List<String> TYPES = List.of("vcs.ref.head.type", "vcs.ref.type", "vcs.repository.ref.type");
    private static final List<String> HOSTS = List.of("host.name", "host.id");
    private static final List<String> USERS =
            List.of("user.email", "enduser.id", "user.name", "user.id", "user.account_uuid");

    private Whereabouts() {}

    /** Whether an attribute tells who uses the agent: that stands in the event's own field, or is not kept. */
    static boolean isOfUser(String attribute) {
        return USERS.contains(attribute);
    }

    static void describe(HookEvent event, Fields attributes, Fields resource) {
        Function<List<String>, Optional<String>> find = names -> names.stream()
                .flatMap(name ->
                        attributes.text(name, Text.PREVIEW).or(() -> resource.text(name, Text.PREVIEW)).stream())
                .findFirst();
        find.apply(REMOTES)
                .or(() -> find.apply(List.of("vcs.repository.name"))
                        .map(name -> find.apply(List.of("vcs.owner.name"))
                                .map(owner -> owner + "/" + name)
                                .orElse(name)))
                .flatMap(Place::repository)
                .ifPresent(event::setRepo);
        boolean isBranch = find.apply(TYPES).map("branch"::equals).orElse(true);
        find.apply(BRANCHES).filter(name -> isBranch).flatMap(Place::branch).ifPresent(event::setBranch);
        find.apply(HOSTS).map(host -> Text.cut(host, Text.NAME)).ifPresent(event::setHost);
        find.apply(USERS).map(user -> Text.cut(user, Text.NAME)).ifPresent(event::setUser);
    }
}
