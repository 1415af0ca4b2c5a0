/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** Avro schemas that lie in a jar, each beside the class that knows it. */
public final class SchemaResource {

    private SchemaResource() {}

    /**
     * Reads one.
     *
     * @param beside the class in whose package it lies
     * @param name its file's name without {@code .avsc}
     * @throws IllegalStateException if it is not in the jar
     */
    public static Schema read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name + ".avsc")) {
            if (in == null) {
                throw new IllegalStateException("the schema " + name + " is not in the jar");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
