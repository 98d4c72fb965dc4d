package io.serversence.history;

import io.serversence.document.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Takes the facts while the database is away: a file of batches, each forced to the disk before it
 * counts. A batch is its length, its CRC-32C and a JSON array in UTF-8; a torn one at the end, left
 * by a crash, is cut off. When the file is full, samples are refused and counted, never anything
 * else. One thread writes and replays; the figures may be read by any.
 */
public final class Spool implements AutoCloseable {
  /** The greatest size of the file in bytes, beyond which samples are refused. */
  public static final long CAPACITY = 512L << 20;

  private static final System.Logger LOG = System.getLogger(Spool.class.getName());
  private static final int HEADER = 8;
  private static final int MAX_BATCH = 64 << 20;

  private final FileChannel file;
  private volatile long end;
  private final AtomicLong refused = new AtomicLong();
  private long replayed;

  /**
   * Opens the spool of a data folder, and cuts a torn tail.
   *
   * @throws UncheckedIOException if the folder cannot be written
   */
  public Spool(Path data) {
    try {
      Files.createDirectories(data);
      file =
          FileChannel.open(
              data.resolve("spool"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      end = intact();
      if (end < file.size()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the spool''s last {0} bytes were torn by a crash and are cut off",
            file.size() - end);
        file.truncate(end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be opened in " + data, e);
    }
  }

  private long intact() throws IOException {
    long position = 0;
    while (true) {
      byte[] batch = batchAt(position);
      if (batch.length == 0) {
        return position;
      }
      position += HEADER + batch.length;
    }
  }

  /** The batch at a position; empty where there is none that is whole. */
  private byte[] batchAt(long position) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(header, position)) {
      return new byte[0];
    }
    int length = header.getInt(0);
    if (length <= 0 || length > MAX_BATCH || position + HEADER + length > file.size()) {
      return new byte[0];
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    return fill(body, position + HEADER) && header.getInt(4) == crc(body.array())
        ? body.array()
        : new byte[0];
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

  /**
   * Makes facts durable.
   *
   * @throws UncheckedIOException if the disk does not take them
   */
  public void append(List<Fact> facts) {
    JsonArrayBuilder array = Json.array();
    int kept = 0;
    for (Fact fact : facts) {
      if (fact instanceof Fact.SampleTaken && end > CAPACITY) {
        refused.incrementAndGet();
      } else {
        array.add(FactDocument.write(fact));
        kept++;
      }
    }
    if (kept == 0) {
      return;
    }
    byte[] body = array.build().toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer batch = ByteBuffer.allocate(HEADER + body.length);
    batch.putInt(body.length).putInt(crc(body)).put(body).flip();
    try {
      long position = end;
      while (batch.hasRemaining()) {
        position += file.write(batch, position);
      }
      file.force(false);
      end = position;
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be written", e);
    }
  }

  /**
   * Hands the oldest batches back, and forgets them all once the last was taken.
   *
   * @param to throws if it cannot take a batch, which is then handed out again next time
   * @param most batches at the most
   * @return true if the spool is empty now
   */
  public boolean replay(Consumer<List<Fact>> to, int most) {
    try {
      for (int i = 0; i < most && replayed < end; i++) {
        byte[] batch = batchAt(replayed);
        if (batch.length == 0) {
          throw new IOException("the spool is damaged at byte " + replayed);
        }
        to.accept(facts(batch));
        replayed += HEADER + batch.length;
      }
      if (replayed < end) {
        return false;
      }
      if (end > 0) {
        file.truncate(0);
        file.force(true);
        end = 0;
        replayed = 0;
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("the spool cannot be read", e);
    }
  }

  private static List<Fact> facts(byte[] batch) {
    JsonArray array = Json.parse(new String(batch, StandardCharsets.UTF_8)).asJsonArray();
    List<Fact> facts = new ArrayList<>(array.size());
    for (JsonValue value : array) {
      facts.add(FactDocument.read(value.asJsonObject()));
    }
    return facts;
  }

  /** The bytes that wait to be brought into the database, with those brought in already. */
  public long bytes() {
    return end;
  }

  /** Samples that found the spool full. */
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the spool could not be closed", e);
    }
  }
}
