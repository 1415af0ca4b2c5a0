/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import dev.muster.schemas.settings.InvalidSettingException;

/**
 * Where a program listens, and by which settings.
 *
 * @param host the address, one of this machine's own
 * @param port the port, 0 for any that is free
 * @param hostSetting the setting that names the host
 * @param portSetting the setting that names the port
 * @param portOption the command line's option for the port
 */
public record ListenAddress(String host, int port, String hostSetting, String portSetting, String portOption) {

    InvalidSettingException taken() {
        return refused("is taken");
    }

    InvalidSettingException refused(String reason) {
        return new InvalidSettingException("Port " + port + " of " + host + " " + reason + "; choose another with "
                + portSetting + " or " + portOption + ".");
    }

    InvalidSettingException notOfThisMachine() {
        return new InvalidSettingException(
                hostSetting + " is «" + host + "», where port " + port + " cannot be listened on.");
    }
}
