/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import dev.muster.query.keys.NewKey;
import dev.muster.schemas.PrivacyLevel;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The body of a request for a key: a label, and where wanted the agent it is bound to and its privacy level. */
public final class KeyRequest {

    private static final String LABEL = "label";
    private static final String AGENT = "agent";
    private static final String PRIVACY = "privacy";
    private static final int MAX_TEXT = 120;
    private static final Map<String, PrivacyLevel> LEVELS = Arrays.stream(PrivacyLevel.values())
            .collect(Collectors.toMap(level -> level.name().toLowerCase(Locale.ROOT), level -> level));

    private KeyRequest() {}

    /** Reads it; answers 415 for what is not said to be JSON, 400 for what is wrong, in a sentence. */
    public static NewKey read(Context request) {
        JsonBody body = JsonBody.of(request, LABEL, AGENT, PRIVACY);
        return new NewKey(
                body.text(LABEL, MAX_TEXT)
                        .orElseThrow(() -> new BadRequestResponse("label is missing: what is the key called?")),
                body.text(AGENT, MAX_TEXT),
                body.text(PRIVACY, MAX_TEXT).map(KeyRequest::level));
    }

    private static PrivacyLevel level(String name) {
        return Optional.ofNullable(LEVELS.get(name))
                .orElseThrow(() -> new BadRequestResponse("privacy must be minimal, standard or full."));
    }
}
