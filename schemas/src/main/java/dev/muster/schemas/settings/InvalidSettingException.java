/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.settings;

/** A setting that stops the start; its message is the one sentence that the user is shown. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the setting, what is wrong with it and what would be right. */
    public InvalidSettingException(String message) {
        super(message);
    }
}
