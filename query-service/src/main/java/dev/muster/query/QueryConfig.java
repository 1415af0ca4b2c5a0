/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import dev.muster.server.http.ListenAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the API listens and for whom it answers.
 *
 * @param host the address to listen on, one of this machine's own: there is no login yet
 * @param port the port, 0 for any that is free
 * @param account the account that reads without a login answer for
 */
public record QueryConfig(String host, int port, String account) {

    /** The address to listen on. */
    public static final String HOST = "MUSTER_QUERY_HOST";

    /** The port to listen on. */
    public static final String PORT = "MUSTER_QUERY_PORT";

    /** The account that is read. */
    public static final String ACCOUNT = "MUSTER_QUERY_ACCOUNT";

    private static final int MAX_PORT = 65_535;

    /**
     * Checks every value.
     *
     * @throws InvalidSettingException for the first that is wrong
     */
    public QueryConfig {
        if (!isLoopback(host)) {
            throw new InvalidSettingException(HOST + " is " + host
                    + ", and must be a loopback address such as 127.0.0.1: the API has no login yet.");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidSettingException(PORT + " is " + port + ", and must be from 0 to " + MAX_PORT + ".");
        }
        if (!RecordKey.isAccount(account)) {
            throw new InvalidSettingException(
                    ACCOUNT + " is «" + account + "», and must be 1 to 64 of the characters a-z, 0-9 and -.");
        }
    }

    /**
     * Reads the settings: 127.0.0.1, port 8080 and the account {@code local} unless they say otherwise.
     *
     * @throws InvalidSettingException for the first that is wrong
     */
    public static QueryConfig from(Settings settings) {
        return new QueryConfig(
                settings.text(HOST).orElse("127.0.0.1"),
                (int) settings.number(PORT, 8080, 0, MAX_PORT),
                settings.text(ACCOUNT).orElse("local"));
    }

    /** Where to listen. */
    ListenAddress address() {
        return new ListenAddress(host, port, HOST, PORT, "--port");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
