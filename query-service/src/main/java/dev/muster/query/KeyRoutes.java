/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.auth.Caller;
import dev.muster.query.json.Json;
import dev.muster.query.json.KeyJson;
import dev.muster.query.keys.KeyBook;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/keys}: an account's API keys. A whole key is in one answer, the one that makes it. */
final class KeyRoutes {

    private static final String KEYS = "/v1/me/keys";
    private static final String KEY = KEYS + "/{id}";

    private final KeyBook book;

    KeyRoutes(KeyBook book) {
        this.book = book;
    }

    void addTo(ApiRoutes routes) {
        routes.get(KEYS, this::list);
        routes.post(KEYS, this::create);
        routes.delete(KEY, this::revoke);
    }

    private void list(Context request, Caller caller) {
        ObjectNode json = Json.object();
        ArrayNode keys = json.putArray("keys");
        book.list(caller.account()).forEach(listed -> keys.add(KeyJson.of(listed)));
        Answers.json(request, json);
    }

    private void create(Context request, Caller caller) {
        KeyBook.Created created = book.create(caller.account(), KeyRequest.read(request));
        request.status(HttpStatus.CREATED).header("Cache-Control", "no-store");
        Answers.json(request, KeyJson.of(created));
    }

    private void revoke(Context request, Caller caller) {
        String id = request.pathParam("id");
        if (!book.revoke(caller.account(), id)) {
            throw new NotFoundResponse("There is no key «" + id + "».");
        }
        request.status(HttpStatus.NO_CONTENT);
    }
}
