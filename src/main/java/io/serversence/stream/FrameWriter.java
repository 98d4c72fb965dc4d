package io.serversence.stream;

import io.serversence.monitor.Outcome;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes events into one frame. For one thread, for one frame. */
final class FrameWriter {
  private static final int SAMPLE_BYTES = 4 + 8 + 1 + 4;
  private static final int HEADER_BYTES = 1 + 1 + 2 + 8 + 8;

  private final String epoch;
  private final Wire wire;
  private final Filter filter;
  private final ByteText out = new ByteText(512);
  private byte @Nullable [] binary;
  private int events;

  FrameWriter(String epoch, Wire wire, Filter filter) {
    this.epoch = epoch;
    this.wire = wire;
    this.filter = filter;
  }

  int events() {
    return events;
  }

  /** True if no further event may be added. */
  boolean full() {
    return events > 0 && (!wire.gathers() || binary != null || out.size() >= Gatherer.MOST_BYTES);
  }

  /** Adds an event; false, and nothing done, if it needs a frame of its own. */
  boolean add(Event event, long prev) {
    if (wire.binarySamples() && event.kind() == EventKind.SAMPLES) {
      if (events > 0) {
        return false;
      }
      binary = samples(event, prev);
    } else if (events > 0 && out.size() + event.size() > Gatherer.MOST_BYTES) {
      return false;
    } else {
      text(event, prev);
    }
    events++;
    return true;
  }

  private void text(Event event, long prev) {
    if (wire == Wire.SSE) {
      out.ascii("id: ").ascii(epoch).ascii("-").number(event.seq());
      out.ascii("\nevent: ").ascii(event.kind().word()).ascii("\ndata: ");
      event.write(out, filter, prev);
      out.ascii("\n\n");
    } else {
      if (wire.gathers()) {
        out.ascii(events == 0 ? "[" : ",");
      }
      out.ascii("{\"event\":\"").ascii(event.kind().word());
      out.ascii("\",\"id\":\"").ascii(epoch).ascii("-").number(event.seq());
      out.ascii("\",\"data\":");
      event.write(out, filter, prev);
      out.ascii("}");
    }
  }

  private byte[] samples(Event event, long prev) {
    List<Event.Item> items = event.items(filter);
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + items.size() * SAMPLE_BYTES);
    frame.put((byte) 1).put((byte) 1).putShort((short) items.size());
    frame.putLong(event.seq()).putLong(prev);
    for (Event.Item item : items) {
      frame.putInt(item.n()).putLong(item.at()).put(number(item.outcome()));
      frame.putInt((int) Math.min(item.latency(), 0xFFFF_FFFFL));
    }
    return frame.array();
  }

  private static byte number(Outcome outcome) {
    return switch (outcome) {
      case UP -> 0;
      case DEGRADED -> 1;
      case DOWN -> 2;
      case UNKNOWN -> 3;
    };
  }

  /** The frame, or null if nothing was added. */
  @Nullable Frame frame() {
    if (events == 0) {
      return null;
    }
    if (binary != null) {
      return Frame.of(binary);
    }
    if (wire == Wire.SSE) {
      return Frame.of(out.toBytes());
    }
    return Frame.of(wire.gathers() ? out.ascii("]").toString() : out.toString());
  }
}
