/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.json.Json;
import dev.muster.query.json.KeyJson;
import dev.muster.query.keys.KeyBook;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/keys}: an account's API keys. A whole key is in one answer, the one that makes it. */
final class KeyRoutes {

    private static final String KEYS = "/v1/me/keys";
    private static final String KEY = KEYS + "/{id}";

    private final KeyBook book;
    private final String account;

    KeyRoutes(KeyBook book, String account) {
        this.book = book;
        this.account = account;
    }

    void addTo(Reads reads) {
        RoutesConfig routes = reads.routes();
        reads.add(KEYS, this::list);
        routes.post(KEYS, this::create);
        routes.delete(KEY, this::revoke);
    }

    private void list(Context request) {
        ObjectNode json = Json.object();
        ArrayNode keys = json.putArray("keys");
        book.list(account).forEach(listed -> keys.add(KeyJson.of(listed)));
        Answers.json(request, json);
    }

    private void create(Context request) {
        KeyBook.Created created = book.create(account, KeyRequest.read(request));
        request.status(HttpStatus.CREATED).header("Cache-Control", "no-store");
        Answers.json(request, KeyJson.of(created));
    }

    private void revoke(Context request) {
        String id = request.pathParam("id");
        if (!book.revoke(account, id)) {
            throw new NotFoundResponse("There is no key «" + id + "».");
        }
        request.status(HttpStatus.NO_CONTENT);
    }
}
