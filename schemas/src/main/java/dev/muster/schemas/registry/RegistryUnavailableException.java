/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

/** The schema registry could not be asked for now; its message is a sentence that says which and why. */
public final class RegistryUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says which registry and why. */
    public RegistryUnavailableException(String message) {
        super(message);
    }

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
