package io.serversence.probe;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.serversence.monitor.Condition;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Target;

/**
 * Asks a web server and reads its answer to the end, or up to the cap if no condition is about the
 * body.
 */
final class HttpProbe extends WebProbe {
  private final boolean needsBody;

  HttpProbe(Lane lane, Monitor monitor, Target.Http target, boolean evidenceAlways) {
    this(lane, monitor, target, needsBody(monitor), evidenceAlways);
  }

  private HttpProbe(
      Lane lane, Monitor monitor, Target.Http target, boolean needsBody, boolean evidenceAlways) {
    super(
        lane,
        monitor,
        Ask.of(target),
        target.followRedirects() ? target.maxRedirects() : -1,
        target.insecureTls(),
        needsBody,
        evidenceAlways);
    this.needsBody = needsBody;
  }

  static boolean needsBody(Monitor monitor) {
    return monitor.allConditions().anyMatch(Condition::needsBody);
  }

  @Override
  void answered(HttpResponse response) {
    boolean announced = HttpUtil.getContentLength(response, 0L) > lane.settings().bodyCap();
    if (needsBody && announced && !ask().method().equals("HEAD")) {
      leave();
      overflowed(collected().tooLargeWords());
    }
  }

  @Override
  void heardPart(ByteBuf part) {}

  @Override
  void completed() {
    finish(collected().decode());
  }

  @Override
  void overflowed(Failure words) {
    finish(needsBody ? words : null);
  }
}
