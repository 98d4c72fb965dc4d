package io.serversence.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of batches, each its length and its CRC-32C in four bytes each, and its text in UTF-8.
 * What comes after the last whole batch was torn by a crash and is cut off when the file is opened;
 * a damaged batch before that is told as such. One thread writes and reads; any may ask for the
 * end.
 */
final class BatchFile implements AutoCloseable {
  /** The greatest size of a batch in bytes; a greater length can only be damage. */
  static final int MOST = 64 << 20;

  private static final System.Logger LOG = System.getLogger(BatchFile.class.getName());
  private static final int HEADER = 8;

  private final FileChannel file;
  private volatile long end;

  /**
   * What is in one place of the file.
   *
   * @param text null if it is damaged
   * @param next where the next one begins
   */
  record Batch(@Nullable String text, long next) {}

  /** Opens or creates the file. */
  BatchFile(Path path) throws IOException {
    boolean created = !Files.exists(path);
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (created) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
          forceFolder(folder);
        }
      }
      end = lastWhole();
      if (end < file.size()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the last {0} bytes of {1} were torn by a crash and are cut off",
            file.size() - end,
            path);
        file.truncate(end);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Without this a crash of the machine may lose a file's name with all that is in it. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The end of the last whole batch. */
  private long lastWhole() throws IOException {
    long whole = 0;
    long position = 0;
    while (position < file.size()) {
      Batch batch = at(position, file.size());
      position = batch.next();
      if (batch.text() != null) {
        whole = position;
      }
    }
    return whole;
  }

  /** The batch at a position before the end. */
  Batch read(long position) throws IOException {
    return at(position, end);
  }

  private Batch at(long position, long limit) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (position + HEADER > limit || !fill(header, position)) {
      return new Batch(null, limit);
    }
    int length = header.getInt(0);
    if (length <= 0 || length > MOST || position + HEADER + length > limit) {
      return new Batch(null, limit);
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    long next = position + HEADER + length;
    boolean whole = fill(body, position + HEADER) && header.getInt(4) == crc(body.array());
    return new Batch(whole ? new String(body.array(), StandardCharsets.UTF_8) : null, next);
  }

  private boolean fill(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  /** Makes batches durable, all or none. */
  void append(List<String> batches) throws IOException {
    long position = end;
    try {
      for (String text : batches) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer batch = ByteBuffer.allocate(HEADER + bytes.length);
        batch.putInt(bytes.length).putInt(crc(bytes)).put(bytes).flip();
        while (batch.hasRemaining()) {
          position += file.write(batch, position);
        }
      }
      file.force(false);
      end = position;
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
  }

  /** Takes back what a failed append has left, lest a later start take it for whole. */
  private void cutBack(IOException why) {
    try {
      file.truncate(end);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Where the next batch will begin, which is the size of the file in bytes. */
  long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
