/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.settings.Settings;
import dev.muster.standalone.StandaloneConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** API keys, over the API of a Muster that runs. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        versionProvider = MusterCommand.Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        description = "Make, list and revoke the API keys that agents send with.")
final class KeysCommand {

    private static final String KEYS = "/v1/me/keys";
    private static final String DEFAULT_PORT = "8080";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--api",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            defaultValue = Option.NULL_VALUE,
            description = "Where the API answers (default: http://127.0.0.1 and MUSTER_QUERY_PORT, 8080).")
    private Optional<String> api = Optional.empty();

    KeysCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            versionProvider = MusterCommand.Version.class,
            description = "Make a key and show it, once.")
    void create(
            @Option(names = "--label", paramLabel = "TEXT", required = true, description = "What the key is called.")
                    String label,
            @Option(
                            names = "--agent",
                            paramLabel = "NAME",
                            defaultValue = Option.NULL_VALUE,
                            description = "The one agent that the key may send for (default: any).")
                    Optional<String> agent,
            @Option(
                            names = "--privacy",
                            paramLabel = "LEVEL",
                            defaultValue = Option.NULL_VALUE,
                            description = "minimal, standard or full (default: what the account has).")
                    Optional<String> privacy) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("label", label);
        agent.ifPresent(name -> wish.put("agent", name));
        privacy.ifPresent(level -> wish.put("privacy", level));
        JsonNode created = client().post(KEYS, wish);
        PrintWriter out = spec.commandLine().getOut();
        out.println(created.path("secret").asText());
        out.println();
        out.println("This is the only time that the whole key is shown: keep it where your agents find it.");
        out.printf(
                "Its id is %s; 'muster keys revoke' with that id ends it.%n",
                created.path("id").asText());
        out.flush();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = MusterCommand.Version.class,
            description = "List the keys, the newest first.")
    void list() {
        JsonNode keys = client().get(KEYS).path("keys");
        PrintWriter out = spec.commandLine().getOut();
        if (keys.isEmpty()) {
            out.println("There are no keys; 'muster keys create --label NAME' makes one.");
        } else {
            KeyTable.print(out, keys);
        }
        out.flush();
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            versionProvider = MusterCommand.Version.class,
            description = "Revoke a key for good; collectors refuse it within seconds.")
    void revoke(
            @Parameters(paramLabel = "KEY", description = "The key's id, or its prefix as the list shows it.")
                    String wanted) {
        ApiClient client = client();
        JsonNode key = find(client.get(KEYS).path("keys"), wanted);
        client.delete(KEYS + "/" + key.path("id").asText());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Revoked %s (%s).%n",
                key.path("keyPrefix").asText(), key.path("label").asText());
        out.flush();
    }

    private static JsonNode find(JsonNode keys, String wanted) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode key : keys) {
            if (key.path("id").asText().equals(wanted)
                    || key.path("keyPrefix").asText().equals(wanted)) {
                found.add(key);
            }
        }
        if (found.size() > 1) {
            throw new CommandFailedException("Several keys begin like that; name one by its id.");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        "There is no key with that id or prefix; 'muster keys list' shows those there are."));
    }

    private ApiClient client() {
        return new ApiClient(api.orElseGet(() -> "http://127.0.0.1:"
                + Settings.of(environment).text(StandaloneConfig.API_PORT).orElse(DEFAULT_PORT)));
    }
}
