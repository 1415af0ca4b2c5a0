/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import java.util.regex.Pattern;

/** Fields and columns that answers have since: who asked the version before knows nothing of them, and is not disturbed. */
final class AddedFields {

    private static final Pattern FIELD = Pattern.compile("\"interrupts\":0,");
    private static final String COLUMN = ",interrupted\n";
    /** The last cell of a row, behind an event's id or a command's empty one. */
    private static final Pattern CELL = Pattern.compile("(?m)(,(?:\"evt_[0-9a-f]{24}\")?),$");

    private AddedFields() {}

    /** A body without them; as nothing was interrupted before, whatever says that something was is left in. */
    static String leftOut(String body) {
        int header = body.indexOf(COLUMN);
        return header >= 0 && header < body.indexOf('\n')
                ? CELL.matcher(body.replaceFirst(COLUMN, "\n")).replaceAll("$1")
                : FIELD.matcher(body).replaceAll("");
    }
}
