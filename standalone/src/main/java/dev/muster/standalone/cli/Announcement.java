/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.standalone.Standalone;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What the user is told when everything is up: where it is, and how an agent is connected. */
final class Announcement {

    private Announcement() {}

    static void print(PrintWriter out, Standalone muster, Duration took) throws IOException {
        Path hooks = ClaudeCodeSettings.write(muster.data(), muster.collector(), Standalone.LOCAL_KEY);
        out.printf(Locale.ROOT, "Muster is up after %.1f s.%n%n", took.toMillis() / 1000.0);
        out.printf("  API        %s/v1/me/sessions%n", muster.api());
        out.printf("  Collector  %s  (key %s)%n", muster.collector(), Standalone.LOCAL_KEY);
        out.printf("  Kafka      %s%n", muster.bootstrapServers());
        out.printf("  Data       %s%n%n", muster.data());
        out.printf("Connect Claude Code:    claude --settings %s%n", hooks);
        out.printf("  for every session:    ./muster connect claude-code --to %s%n", muster.collector());
        out.printf("  past sessions:        ./muster import ~/.claude/projects --to %s%n", muster.collector());
        out.printf("Connect Voight's SDK:   endpoint %s, apiKey %s%n%n", muster.collector(), Standalone.LOCAL_KEY);
        out.println("Ctrl-C stops it.");
        out.flush();
    }
}
