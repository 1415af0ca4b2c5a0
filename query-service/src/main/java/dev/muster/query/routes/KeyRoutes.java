/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.auth.Caller;
import dev.muster.query.json.Json;
import dev.muster.query.json.KeyJson;
import dev.muster.query.keys.ApiKeyService;
import dev.muster.query.params.KeyRequest;
import dev.muster.query.params.Parameters;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/keys}: an account's API keys. A whole key is in one answer, the one that makes it. */
final class KeyRoutes {

    private static final String KEYS = "/v1/me/keys";
    private static final String KEY = KEYS + "/{id}";

    private final ApiKeyService keys;

    KeyRoutes(ApiKeyService keys) {
        this.keys = keys;
    }

    void addTo(ApiRoutes routes) {
        routes.get(KEYS, Parameters.NONE, this::list);
        routes.post(KEYS, this::create);
        routes.delete(KEY, this::revoke);
    }

    private void list(Context request, Caller caller) {
        ObjectNode json = Json.object();
        ArrayNode listed = json.putArray("keys");
        keys.list(caller.account()).forEach(key -> listed.add(KeyJson.of(key)));
        JsonAnswers.json(request, json);
    }

    private void create(Context request, Caller caller) {
        ApiKeyService.Created created = keys.create(caller.account(), KeyRequest.read(request));
        request.status(HttpStatus.CREATED).header("Cache-Control", "no-store");
        JsonAnswers.json(request, KeyJson.of(created));
    }

    private void revoke(Context request, Caller caller) {
        String id = request.pathParam("id");
        if (!keys.revoke(caller.account(), id)) {
            throw new NotFoundResponse("There is no key «" + id + "».");
        }
        request.status(HttpStatus.NO_CONTENT);
    }
}
