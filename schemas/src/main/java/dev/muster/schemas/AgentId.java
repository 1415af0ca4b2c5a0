/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The id of an agent, derived from its account and label by hashing: any collector answers the same id for a label,
 * with no coordination. It has the shape that Voight's clients expect, {@code c} and 24 base-36 characters.
 */
public final class AgentId {

    private static final Pattern SHAPE = Pattern.compile("c[a-z0-9]{24}");
    private static final BigInteger RADIX_TO_24 = BigInteger.valueOf(36).pow(24);

    private AgentId() {}

    /** The id for a label in an account; a label that has an id's shape is one, and is taken as it is. */
    public static String of(String account, String label) {
        if (isId(label)) {
            return label;
        }
        byte[] hash = Digests.sha256((account + "\n" + label).getBytes(UTF_8));
        String digits = new BigInteger(1, hash).mod(RADIX_TO_24).toString(36);
        return "c" + "0".repeat(24 - digits.length()) + digits;
    }

    /** Whether a label has the shape of an id. */
    public static boolean isId(String label) {
        return SHAPE.matcher(label).matches();
    }
}
