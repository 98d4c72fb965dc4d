package io.serversence.server;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds every event that a client gets against what the stream promises: nothing lost, nothing
 * twice, all in order, each well formed. It stays with the client when that comes back on another
 * connection. Used by one thread at a time; each method throws an AssertionError at a fault.
 */
final class StreamChecker {
  private static final Set<String> LOGGED =
      Set.of("state", "samples", "incident", "notification", "monitor", "mute");
  private static final Pattern LOGGED_DATA =
      Pattern.compile(
          "\\{\"seq\":\\d+,\"prev\":\\d+,\"at\":\"\\d{4}-[^\"]+Z\"[,}].*", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("[a-z0-9]{8}-\\d{1,18}");
  private static final List<String> HELLO =
      List.of(
          "epoch",
          "seq",
          "serverTime",
          "heartbeatMs",
          "lifetimeMs",
          "resumed",
          "user",
          "role",
          "filter");

  private enum Next {
    HELLO,
    SUBSCRIPTION,
    RESET,
    SNAPSHOT,
    ANYTHING,
    NOTHING
  }

  private Next next = Next.NOTHING;
  private boolean sse;
  private boolean wantsSnapshot;
  private String epoch = "";
  private long last;
  private long lastMatch;
  private int part;

  /** A connection begins; its first event must be hello. */
  void connected(StreamTransport transport, StreamRequest request) {
    sse = transport == StreamTransport.SSE;
    wantsSnapshot = request.snapshot();
    next = Next.HELLO;
    part = 0;
    String id = request.lastEventId();
    if (id != null && ID.matcher(id).matches()) {
      last = Long.parseLong(id.substring(9));
    }
  }

  /** A WebSocket client's subscription was answered. */
  void subscribed(JsonObject result) {
    begin(result.getString("resumed"), null);
    if (next == Next.ANYTHING && result.getString("resumed").equals("fresh")) {
      last = result.getJsonNumber("seq").longValue();
    }
  }

  private void begin(String resumed, @Nullable String id) {
    switch (resumed) {
      case "ok" -> next = Next.ANYTHING;
      case "reset" -> next = Next.RESET;
      case "fresh" -> {
        next = wantsSnapshot ? Next.SNAPSHOT : Next.ANYTHING;
        lastMatch = 0;
        if (id != null) {
          last = seqOf(id);
        }
      }
      default -> throw fault("resumed: " + resumed);
    }
  }

  /** An event arrived. */
  void arrived(StreamEvent event) {
    if (event.data().contains("\n") || event.data().contains("\r")) {
      throw fault("more than one line: " + event);
    }
    if (next == Next.HELLO && !event.is("hello") && !event.is("bye")) {
      throw fault("hello is not first: " + event);
    }
    if (next == Next.NOTHING) {
      throw fault("nothing may follow, but: " + event);
    }
    switch (event.name()) {
      case "hello" -> hello(event);
      case "reset" -> reset(event);
      case "snapshot" -> snapshot(event);
      case "heartbeat" -> heartbeat(event);
      case "presence" -> withoutId(event);
      case "bye" -> {
        withoutId(event);
        next = Next.NOTHING;
      }
      default -> logged(event);
    }
  }

  private void hello(StreamEvent event) {
    require(next == Next.HELLO, "a second hello", event);
    JsonObject data = event.json();
    require(List.copyOf(data.keySet()).equals(HELLO), "other fields", event);
    String now = data.getString("epoch");
    require(now.matches("[a-z0-9]{8}"), "no epoch", event);
    if (!now.equals(epoch)) {
      lastMatch = 0;
    }
    epoch = now;
    if (!sse) {
      require(data.isNull("resumed") && data.isNull("filter"), "comes with subscribe", event);
      withoutId(event);
      next = Next.SUBSCRIPTION;
      return;
    }
    String resumed = data.getString("resumed");
    boolean marks = resumed.equals("fresh") && !wantsSnapshot;
    require(marks == (event.id() != null), "an id where none belongs, or none", event);
    begin(resumed, event.id());
  }

  private void reset(StreamEvent event) {
    require(next == Next.RESET || next == Next.ANYTHING, "a reset here", event);
    String reason = event.json().getString("reason");
    require(Set.of("epoch", "lag", "unknown", "filter").contains(reason), "unknown reason", event);
    withoutId(event);
    lastMatch = 0;
    next = Next.SNAPSHOT;
  }

  private void snapshot(StreamEvent event) {
    require(next == Next.SNAPSHOT, "a snapshot here", event);
    JsonObject data = event.json();
    require(data.containsKey("monitors") && data.containsKey("incidents"), "no board", event);
    int parts = data.getInt("parts", 1);
    part++;
    require(data.getInt("part", 1) == part, "parts out of order", event);
    require(parts == 1 || data.getJsonArray("monitors").size() <= 500, "too large a part", event);
    if (part < parts) {
      withoutId(event);
      return;
    }
    require(event.id() != null, "the last part has no id", event);
    last = event.seq();
    checkId(event);
    lastMatch = 0;
    part = 0;
    next = Next.ANYTHING;
  }

  private void heartbeat(StreamEvent event) {
    require(next == Next.ANYTHING, "a heartbeat here", event);
    require(!sse || event.id() != null, "no id", event);
    if (event.id() != null) {
      checkId(event);
    }
    require(event.seq() >= last, "behind " + last, event);
    last = event.seq();
  }

  private void logged(StreamEvent event) {
    require(LOGGED.contains(event.name()), "of unknown name", event);
    require(next == Next.ANYTHING, "not expected here", event);
    if (event.binary() == null) {
      Matcher data = LOGGED_DATA.matcher(event.data());
      require(data.matches(), "does not begin with seq, prev, at", event);
      require(event.id() != null, "no id", event);
      checkId(event);
    }
    long seq = event.seq();
    long prev = event.prev();
    require(seq > last, "not after " + last, event);
    require(prev <= last, "something between " + last + " and this one is lost", event);
    require(lastMatch == 0 || prev == lastMatch, "the one before it was " + lastMatch, event);
    last = seq;
    lastMatch = seq;
  }

  private void checkId(StreamEvent event) {
    String id = String.valueOf(event.id());
    require(id.length() <= 32 && id.equals(epoch + "-" + event.seq()), "a wrong id", event);
  }

  private void withoutId(StreamEvent event) {
    require(event.id() == null, "an id that would move the cursor", event);
  }

  private static long seqOf(String id) {
    return Long.parseLong(id.substring(9));
  }

  private void require(boolean holds, String what, StreamEvent event) {
    if (!holds) {
      throw fault(what + ": " + event);
    }
  }

  private AssertionError fault(String what) {
    String shown = what.length() > 1_000 ? what.substring(0, 1_000) + "…" : what;
    return new AssertionError((sse ? "SSE: " : "WebSocket: ") + shown);
  }
}
