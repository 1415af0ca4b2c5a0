/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.schemas.settings.InvalidSettingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of prices strictly: a word that is not understood might be a price that is missed. */
final class PriceFiles {

    private static final JsonSetter.Value EMPTY_IF_ABSENT = JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withConfigOverride(List.class, list -> list.setSetterInfo(EMPTY_IF_ABSENT))
            .withConfigOverride(Map.class, map -> map.setSetterInfo(EMPTY_IF_ABSENT))
            .build();

    private PriceFiles() {}

    /**
     * Parses a file.
     *
     * @param name what the user calls it
     * @throws InvalidSettingException saying in one sentence what is wrong with it
     */
    static PriceFile parse(byte[] json, String name) {
        try {
            @Nullable PriceFile file = MAPPER.readValue(json, PriceFile.class);
            if (file == null) {
                throw unusable(name, "it is empty");
            }
            return file;
        } catch (JsonMappingException e) {
            throw unusable(name, path(e) + reason(e));
        } catch (JsonParseException e) {
            throw unusable(name, "line " + e.getLocation().getLineNr() + " is no JSON");
        } catch (IOException e) {
            throw unusable(name, "it is no JSON");
        }
    }

    static InvalidSettingException unusable(String name, String reason) {
        return new InvalidSettingException("The price file " + name + " cannot be used: " + reason + ".");
    }

    private static String reason(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "this is no field of a price file";
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage());
        }
        return e.getCause() instanceof JsonParseException syntax
                ? "line " + syntax.getLocation().getLineNr() + " is no JSON"
                : "the value is not of the kind that belongs there";
    }

    /** Where the fault is, as {@code rows[3].usdPerMillion: }. */
    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "" : path.append(": ").toString();
    }
}
