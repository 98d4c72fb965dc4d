package io.serversence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {
  @TempDir Path folder;

  private static List<String> ids(List<SecretKey> keys) {
    return keys.stream().map(SecretKey::id).toList();
  }

  private String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void a_key_is_made_once_for_the_servers_own_account() throws IOException {
    Path data = folder.resolve("data");
    List<SecretKey> made = SecretKeyFile.keys(data, List.of());
    assertThat(made).hasSize(1);
    assertThat(mode(data.resolve("secret.key"))).isEqualTo("rw-------");
    assertThat(ids(SecretKeyFile.keys(data, List.of()))).isEqualTo(ids(made));
    try (var files = Files.list(data)) {
      assertThat(files).containsExactly(data.resolve("secret.key"));
    }
  }

  @Test
  void a_configured_key_is_the_first_and_needs_no_file() {
    SecretKey configured = SecretKey.random();
    assertThat(SecretKeyFile.keys(folder, List.of(configured))).containsExactly(configured);
    assertThat(folder.resolve("secret.key")).doesNotExist();
  }

  @Test
  void the_files_key_still_opens_once_another_is_configured() {
    List<SecretKey> made = SecretKeyFile.keys(folder, List.of());
    SecretKey configured = SecretKey.random();
    assertThat(ids(SecretKeyFile.keys(folder, List.of(configured))))
        .containsExactly(configured.id(), made.get(0).id());
  }

  @Test
  void a_file_that_others_could_read_is_closed() throws IOException {
    Path file = folder.resolve("secret.key");
    SecretKey one = SecretKey.random();
    SecretKey two = SecretKey.random();
    Files.writeString(file, one.text() + "\n\n" + two.text() + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(ids(SecretKeyFile.keys(folder, List.of()))).containsExactly(one.id(), two.id());
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void a_file_without_a_key_stops_the_start() throws IOException {
    Path file = folder.resolve("secret.key");
    for (String wrong : List.of("", "\n", "half a key\n")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> SecretKeyFile.keys(folder, List.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("secret.key")
          .hasMessageNotContaining("half a key");
    }
  }
}
