package io.serversence.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder with the database, the spool and the key. */
public final class DataFolder {
  private DataFolder() {}

  /**
   * Makes it, for its owner only where the file system knows owners; one that is there is left as
   * it is.
   *
   * @throws InvalidSetting if that cannot be done, or nothing can be written there
   */
  public static void make(Path folder) {
    try {
      Files.createDirectories(folder, forOwner());
    } catch (IOException e) {
      throw new InvalidSetting(
          "data", folder + " cannot be made a folder (" + e.getClass().getSimpleName() + ")");
    }
    if (!Files.isWritable(folder)) {
      throw new InvalidSetting("data", folder + " is a folder in which nothing can be written");
    }
  }

  private static FileAttribute<?>[] forOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
