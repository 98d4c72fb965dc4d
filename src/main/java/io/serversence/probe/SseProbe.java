package io.serversence.probe;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Target;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Opens a stream of Server-Sent Events, waits for the first event or comment, and leaves. Redirects
 * are followed as a browser's EventSource does.
 */
final class SseProbe extends WebProbe {
  private static final int MAX_REDIRECTS = 5;

  private final EventScan scan = new EventScan();

  SseProbe(Lane lane, Monitor monitor, Target.Sse target, boolean evidenceAlways) {
    super(
        lane,
        monitor,
        ask(target),
        MAX_REDIRECTS,
        false,
        HttpProbe.needsBody(monitor),
        evidenceAlways);
  }

  private static Ask ask(Target.Sse target) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "text/event-stream");
    headers.put("Accept-Encoding", "identity");
    headers.put("Cache-Control", "no-cache");
    target
        .headers()
        .forEach(
            (name, value) -> {
              headers.keySet().removeIf(name::equalsIgnoreCase);
              headers.put(name, value);
            });
    return new Ask(HttpUrl.of(target.url()), "GET", headers, null, null);
  }

  @Override
  void answered(HttpResponse response) {
    int status = response.status().code();
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (status != 200) {
      finish(Failure.of("the answer is " + response.status() + ", not a stream of events"));
    } else if (type == null || !isEventStream(type)) {
      String is = type == null ? "has no content type" : "is " + type;
      finish(Failure.of("the answer " + is + ", not text/event-stream"));
    }
  }

  private static boolean isEventStream(String type) {
    return type.toLowerCase(Locale.ROOT).matches("\\s*text/event-stream\\s*(;.*)?");
  }

  @Override
  void heardPart(ByteBuf part) {
    if (scan.arrived(part)) {
      finish(collected().decode());
    }
  }

  @Override
  void completed() {
    finish(Failure.of("the stream ended before its first event"));
  }

  @Override
  void overflowed(Failure words) {
    finish(Failure.of("no event in the first " + Words.bytes(lane.settings().bodyCap())));
  }

  @Override
  String waitingFor() {
    return stage() == Stage.READING ? "while waiting for the first event" : super.waitingFor();
  }
}
