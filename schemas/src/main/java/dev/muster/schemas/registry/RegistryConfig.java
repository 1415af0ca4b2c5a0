/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where the schema registry is.
 *
 * @param urls its addresses, asked in this order until one answers; none ends in a slash
 * @param auth {@code user:password} for HTTP's basic authentication, if it wants that; never shown
 */
public record RegistryConfig(List<URI> urls, Optional<String> auth) {

    /** The setting that names the registry's addresses. */
    public static final String URL = "MUSTER_SCHEMA_REGISTRY_URL";

    /** The setting that has the registry's user and password. */
    public static final String AUTH = "MUSTER_SCHEMA_REGISTRY_AUTH";

    /** Keeps a copy of the addresses. */
    public RegistryConfig {
        urls = List.copyOf(urls);
    }

    /**
     * Reads the settings; empty when no registry is set.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public static Optional<RegistryConfig> from(Settings settings) {
        Optional<String> urls = settings.text(URL);
        Optional<String> auth = settings.text(AUTH);
        auth.ifPresent(given -> {
            if (urls.isEmpty()) {
                throw new InvalidSettingException(AUTH + " is set without " + URL + ", which says where it is for.");
            }
            if (given.indexOf(':') < 1) {
                throw new InvalidSettingException(AUTH + " must be user:password.");
            }
        });
        return urls.map(listed -> of(listed, auth));
    }

    /**
     * A registry.
     *
     * @param urls its addresses, divided by commas
     * @param auth {@code user:password}, if it wants that
     * @throws InvalidSettingException if an address is none
     */
    public static RegistryConfig of(String urls, Optional<String> auth) {
        return new RegistryConfig(
                Arrays.stream(urls.split(",", -1)).map(RegistryConfig::url).toList(), auth);
    }

    /** The header that says who asks; empty when nobody wants to know. */
    Optional<String> authorization() {
        return auth.map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    /** Tells the addresses only. */
    @Override
    public String toString() {
        return "RegistryConfig" + urls;
    }

    private static URI url(String listed) {
        String text = listed.strip().replaceFirst("/+$", "");
        // A password in it must not get into a message.
        if (text.indexOf('@') >= 0) {
            throw new InvalidSettingException(
                    URL + " must be without user and password; " + AUTH + " is the place for them.");
        }
        try {
            URI url = URI.create(text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static InvalidSettingException wrong(String text) {
        return new InvalidSettingException(
                URL + " has «" + text + "», and must be http(s)://host:port, several divided by commas.");
    }
}
