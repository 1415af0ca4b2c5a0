/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.MalformedRecordException;
import java.util.Optional;
import org.apache.avro.Schema;

/** The schemas that wrote the bodies in Confluent's frame, by the ids in it. Safe for threads. */
public interface WriterSchemas extends AutoCloseable {

    /** The schemas of a registry, where one is set. */
    static WriterSchemas of(Optional<RegistryConfig> registry) {
        return registry.<WriterSchemas>map(config -> new CachedSchemas(new SchemaRegistry(config)::find))
                .orElseGet(WriterSchemas::none);
    }

    /** Knows no schema, for no registry is set. */
    static WriterSchemas none() {
        return id -> {
            throw new MalformedRecordException("the record is framed with a schema registry's id (" + id + "), and "
                    + RegistryConfig.URL + " is not set");
        };
    }

    /**
     * The schema of an id. Where the registry does not answer, the caller waits, for minutes if need be.
     *
     * @throws MalformedRecordException if there is none, whoever asks
     * @throws RegistryUnavailableException if the registry did not answer for so long, or this was closed meanwhile
     */
    Schema find(int id) throws MalformedRecordException, RegistryUnavailableException;

    /** Lets those go who wait. */
    @Override
    default void close() {}
}
