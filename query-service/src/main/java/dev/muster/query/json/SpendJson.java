/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.read.SpendView;
import java.util.List;

/** A spend summary, its lists named as in Voight's contract. */
public final class SpendJson {

    private SpendJson() {}

    /** The summary's document. */
    public static ObjectNode of(SpendView spend) {
        ObjectNode json = Json.object();
        json.set("total", putFigures(Json.object(), spend.total()));
        ArrayNode agents = json.putArray("by_agent");
        spend.byAgent()
                .forEach(row -> agents.add(
                        putFigures(Json.object().put("agentId", row.key()).put("agentName", row.name()), row)));
        putRows(json, "by_model", "model", spend.byModel());
        putRows(json, "by_day", "day", spend.byDay());
        for (Dimension dimension : Dimension.values()) {
            String word = Words.of(dimension);
            putRows(json, "by_" + word, word, spend.byDimension().getOrDefault(dimension, List.of()));
        }
        return json;
    }

    private static void putRows(ObjectNode target, String list, String key, List<SpendView.Row> rows) {
        ArrayNode items = target.putArray(list);
        rows.forEach(row -> items.add(putFigures(Json.object().put(key, row.key()), row)));
    }

    private static ObjectNode putFigures(ObjectNode target, SpendView.Row row) {
        target.put("requests", row.requests());
        target.set("tokens", FiguresJson.tokens(row.tokens()));
        FiguresJson.putCost(target, row.costUsd(), row.unpricedTokens());
        return target;
    }
}
