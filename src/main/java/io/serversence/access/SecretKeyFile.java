package io.serversence.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the keys of a node whose administrator has configured none: {@code secret.key} in the data
 * folder, a key in a line, the newest first, for the server's own account only.
 */
public final class SecretKeyFile {
  private static final System.Logger LOG = System.getLogger(SecretKeyFile.class.getName());

  public static final String NAME = "secret.key";
  private static final Set<PosixFilePermission> OWN =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private SecretKeyFile() {}

  /**
   * The keys: those configured first, then those of the file. Where there is neither, a key is made
   * and written.
   *
   * @throws IllegalStateException if the file holds what is no key
   * @throws UncheckedIOException if it cannot be read or written
   */
  public static List<SecretKey> keys(Path data, List<SecretKey> configured) {
    Path file = data.resolve(NAME);
    try {
      if (configured.isEmpty() && Files.notExists(file)) {
        write(data, file, SecretKey.random());
      }
      List<SecretKey> keys = new ArrayList<>(configured);
      if (Files.exists(file)) {
        protect(file);
        keys.addAll(read(file));
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("the key file cannot be used: " + file, e);
    }
  }

  private static List<SecretKey> read(Path file) throws IOException {
    List<SecretKey> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      if (!line.isBlank()) {
        try {
          keys.add(SecretKey.parse(line.strip()));
        } catch (IllegalArgumentException e) {
          throw new IllegalStateException(file + ": a line " + e.getMessage(), e);
        }
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalStateException(file + " holds no key");
    }
    return keys;
  }

  /** Through a file beside it, so that no crash leaves half a key. */
  private static void write(Path data, Path file, SecretKey key) throws IOException {
    Files.createDirectories(data);
    Path made = Files.createTempFile(data, NAME, null); // for its owner only, where there are such
    try {
      Files.writeString(made, key.text() + "\n", StandardCharsets.US_ASCII);
      protect(made);
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException e) {
      // another node of this folder was first, and its key is the one
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(made, file); // where a file has one name only
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static void protect(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && !OWN.containsAll(Files.getPosixFilePermissions(file))) {
      try {
        Files.setPosixFilePermissions(file, OWN);
      } catch (IOException e) { // somebody else's file, such as one that is mounted
        LOG.log(Level.WARNING, "others on this machine may be able to read {0}", file);
      }
    }
  }
}
