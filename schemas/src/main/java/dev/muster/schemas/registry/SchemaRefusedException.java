/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

/** The schema registry answered, and will not have the schema; its message is a sentence that says what to do. */
public final class SchemaRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    SchemaRefusedException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
