/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/web.git,              github.com/acme/web",
        "https://GitHub.com/acme/Web,                  github.com/acme/Web",
        "https://jane:secret@github.com:443/acme/web/, github.com/acme/web",
        "https://x-access-token:t@git.acme.dev/a/b/c,  git.acme.dev/a/b/c",
        "git@github.com:acme/web.git,                  github.com/acme/web",
        "ssh://git@github.com:22/acme/web.git,         github.com/acme/web",
        "https://github.com/acme/web?ref=main#readme,  github.com/acme/web",
        "github.com/acme/web,                          github.com/acme/web",
        "acme/web,                                     acme/web",
        "web,                                          web"
    })
    void aRepositoryIsItsHostAndPath(String remote, String repository) {
        assertThat(Place.repository(remote)).contains(repository);
    }

    @ParameterizedTest
    @CsvSource({"'  '", "''", "/", ".git"})
    void whatNamesNoneIsNone(String remote) {
        assertThat(Place.repository(remote)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"main, main", "refs/heads/fix/a, fix/a", " main , main"})
    void aBranchIsItsName(String told, String branch) {
        assertThat(Place.branch(told)).contains(branch);
    }

    @Test
    void withoutABranchThereIsNone() {
        assertThat(Place.branch("HEAD")).isEmpty();
        assertThat(Place.branch(" ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/home/jane/web,                           web",
        "/home/jane/web/.claude/worktrees/fix-one, web",
        "/home/jane/web/.claude/worktrees/a/src,   web",
        "C:\\Users\\jane\\web,                   web"
    })
    void withoutARemoteItIsTheDirectory(String cwd, String repository) {
        HookEvent event = new HookEvent();
        event.setCwd(cwd);

        Place.complete(event);

        assertThat(event.getRepo()).isEqualTo(repository);
        assertThat(event.getBranch()).isNull();
    }

    @Test
    void theRemoteIsBetterThanTheDirectoryAndWhatIsToldStands() {
        HookEvent event = new HookEvent();
        event.setCwd("/home/jane/web");
        event.setGit(new Git(null, "main", "git@github.com:acme/web.git", null));
        Place.complete(event);
        assertThat(event.getRepo()).isEqualTo("github.com/acme/web");
        assertThat(event.getBranch()).isEqualTo("main");

        event.setGit(new Git(null, "other", "github.com/acme/other", null));
        Place.complete(event);
        assertThat(event.getRepo()).isEqualTo("github.com/acme/web");
        assertThat(event.getBranch()).isEqualTo("main");
    }

    @Test
    void whereNothingIsToldNothingIsMadeUp() {
        HookEvent event = new HookEvent();
        event.setCwd("/");

        Place.complete(event);

        assertThat(event.getRepo()).isNull();
    }
}
