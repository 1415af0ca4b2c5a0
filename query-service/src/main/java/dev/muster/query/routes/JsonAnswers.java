/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.json.Json;
import dev.muster.streams.read.Page;
import io.javalin.http.Context;
import java.util.function.Function;

/** Answers in JSON. */
final class JsonAnswers {

    private JsonAnswers() {}

    /** Answers with a document. */
    static void json(Context request, ObjectNode json) {
        json(request, Json.write(json));
    }

    private static void json(Context request, byte[] json) {
        request.contentType("application/json").result(json);
    }

    /** Answers with a page of a list under the list's name. */
    static <T> void page(Context request, String name, Page<T> page, Function<T, ObjectNode> item) {
        json(request, Json.writePage(name, page, item));
    }
}
