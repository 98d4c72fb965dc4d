package io.serversence.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void a_new_one_is_for_its_owner_only() throws IOException {
    Path data = folder.resolve("a/b");

    DataFolder.make(data);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void one_that_is_there_is_left_as_it_is() throws IOException {
    Path data = Files.createDirectory(folder.resolve("a"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));

    DataFolder.make(data);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void what_cannot_be_a_folder_is_a_wrong_setting() throws IOException {
    Path data = Files.createFile(folder.resolve("file")).resolve("data");

    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> DataFolder.make(data))
        .withMessageStartingWith("SERVERSENCE_DATA " + data);
  }
}
