package io.serversence.history;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Packed entries by their places in a row. Used by one thread. */
final class Chunk {
  private final Map<Integer, byte[]> entries = new TreeMap<>();

  static Chunk read(byte[] content) {
    PackedReader reader = PackedReader.deflated(content);
    Chunk chunk = new Chunk();
    int count = reader.count();
    int index = 0;
    for (int i = 0; i < count; i++) {
      index += reader.count();
      chunk.entries.put(index, reader.bytes());
    }
    return chunk;
  }

  byte[] toBytes() {
    PackedWriter writer = new PackedWriter();
    writer.unsigned(entries.size());
    int last = 0;
    for (Map.Entry<Integer, byte[]> entry : entries.entrySet()) {
      writer.unsigned(entry.getKey() - last);
      writer.bytes(entry.getValue());
      last = entry.getKey();
    }
    return writer.toDeflated();
  }

  byte @Nullable [] get(int index) {
    return entries.get(index);
  }

  void put(int index, byte[] entry) {
    entries.put(index, entry);
  }

  /** All, by their places. */
  Map<Integer, byte[]> entries() {
    return entries;
  }
}
