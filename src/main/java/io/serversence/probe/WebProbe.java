package io.serversence.probe;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.serversence.monitor.Evidence;
import io.serversence.monitor.Monitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A probe that asks over HTTP/1.1 and follows redirects. A request that goes over a kept connection
 * which dies before the first byte of the answer is asked once more over a new one: the server had
 * closed it meanwhile. What is no repeatable request gets a new connection from the start.
 */
abstract class WebProbe extends Probe {
  private static final int MOST_INTERIM = 16;

  /** So many parts of a body that only one who means to keep us busy would send them. */
  private static final int MOST_PARTS = 16 * 1024;

  private final int maxRedirects;
  private final boolean insecure;

  /** What is to be asked. */
  private Ask ask;

  /** What was asked last; a redirect may have led on from it, to where nobody answers. */
  private Ask asked;

  private @Nullable HttpHeaders sent;
  private @Nullable HttpResponse answer;
  private final Body body;
  private int redirects;
  private int interim;
  private int parts;
  private boolean skipping;
  private boolean retried;
  private boolean complete;

  WebProbe(
      Lane lane,
      Monitor monitor,
      Ask ask,
      int maxRedirects,
      boolean insecure,
      boolean wholeBody,
      boolean evidenceAlways) {
    super(lane, monitor, evidenceAlways);
    this.ask = ask;
    this.asked = ask;
    this.maxRedirects = maxRedirects;
    this.insecure = insecure;
    this.body = new Body(lane.settings(), lane.counters().bodyBytes, wholeBody);
  }

  /** The headers of an answer are there; redirects that are followed are not told. */
  abstract void answered(HttpResponse response);

  /** A part of that answer's body, after it was added to the body. */
  abstract void heardPart(ByteBuf part);

  /** That answer is complete. */
  abstract void completed();

  final Ask ask() {
    return ask;
  }

  final Body collected() {
    return body;
  }

  @Override
  final void look() {
    Endpoint endpoint = ask.url().endpoint(insecure);
    Connection kept = ask.repeatable() ? lane.kept().take(endpoint, System.nanoTime()) : null;
    if (kept == null) {
      dial(endpoint);
    } else {
      use(kept);
      converse(kept);
    }
  }

  @Override
  final void converse(Connection with) {
    reached(Stage.WAITING);
    answer = null;
    interim = 0;
    parts = 0;
    skipping = false;
    complete = false;
    body.release();
    asked = ask;
    FullHttpRequest request = ask.request();
    sent = request.headers();
    with.send(request);
  }

  @Override
  public final void firstByte() {
    if (stage() == Stage.WAITING) {
      reached(Stage.HEADERS);
    }
  }

  @Override
  final void hear(Object message) {
    if (message instanceof HttpResponse response && !complete) {
      headers(response);
    }
    if (message instanceof HttpContent content && !complete && !over()) {
      part(content);
    }
  }

  private void headers(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      finish(Words.unreadable(response, lane.settings().headerCap()));
      return;
    }
    boolean informational =
        response.status().codeClass() == HttpStatusClass.INFORMATIONAL
            && response.status().code() != 101;
    if (informational) {
      skipping = true;
      if (++interim > MOST_INTERIM) {
        finish(Failure.of("more than " + MOST_INTERIM + " interim answers and no final one"));
      }
      return;
    }
    answer = response;
    body.describe(response.headers());
    reached(Stage.READING);
    if (!leadsOn(response)) {
      answered(response);
    }
  }

  private void part(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (skipping) {
      skipping = !last;
      return;
    }
    HttpResponse response = answer;
    if (response == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      finish(Failure.of("the body does not keep to the rules of HTTP"));
      return;
    }
    Failure full = body.add(content.content());
    boolean leadsOn = leadsOn(response);
    if (full != null) {
      finish(full);
    } else if (!last && body.tooLarge()) {
      overflow(leadsOn, body.tooLargeWords());
    } else if (++parts > MOST_PARTS) {
      overflow(leadsOn, Failure.of("body in more than " + MOST_PARTS + " pieces"));
    } else {
      if (!leadsOn) {
        heardPart(content.content());
      }
      if (last && !over()) {
        end(response, leadsOn);
      }
    }
  }

  private void overflow(boolean leadsOn, Failure words) {
    leave();
    HttpResponse response = answer;
    if (leadsOn && response != null) {
      follow(next(response));
    } else {
      overflowed(words);
    }
  }

  /** The answer's body is more than is read; the connection is closed. */
  abstract void overflowed(Failure words);

  private void end(HttpResponse response, boolean leadsOn) {
    complete = true;
    if (!HttpUtil.isKeepAlive(response) || response.status().code() == 101) {
      leave();
    }
    if (leadsOn) {
      follow(next(response));
    } else {
      completed();
    }
  }

  @Override
  final boolean reusable() {
    return complete;
  }

  private boolean leadsOn(HttpResponse response) {
    return maxRedirects >= 0
        && switch (response.status().code()) {
          case 301, 302, 303, 307, 308 -> response.headers().contains(HttpHeaderNames.LOCATION);
          default -> false;
        };
  }

  /** What to ask after a redirect, or null if the probe has failed over it. */
  private @Nullable Ask next(HttpResponse response) {
    if (++redirects > maxRedirects) {
      finish(
          Failure.of(
              "more than " + maxRedirects + (maxRedirects == 1 ? " redirect" : " redirects")));
      return null;
    }
    String location = response.headers().get(HttpHeaderNames.LOCATION);
    try {
      HttpUrl to = Location.resolve(ask.url(), location);
      return ask.redirected(response.status().code(), to);
    } catch (IllegalArgumentException e) {
      finish(Failure.of(String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void follow(@Nullable Ask next) {
    if (next != null) {
      keep(0);
      ask = next;
      look();
    }
  }

  @Override
  final void lost(@Nullable Throwable cause) {
    boolean wasKept = reused();
    leave();
    if (wasKept && stage() == Stage.WAITING && !retried && ask.repeatable()) {
      retried = true;
      lane.counters().retried.increment();
      dial(ask.url().endpoint(insecure));
    } else {
      finish(Words.of(cause, stage()));
    }
  }

  @Override
  final void release() {
    body.release();
  }

  @Override
  final Evidence evidence(List<String> addresses, Evidence.@Nullable Certificate certificate) {
    return HttpEvidence.of(asked, sent, answer, body.excerpt(), addresses, certificate);
  }

  @Override
  public final @Nullable Integer status() {
    HttpResponse response = answer;
    return response == null ? null : response.status().code();
  }

  @Override
  public final String body() {
    return body.text();
  }

  @Override
  public final @Nullable String header(String name) {
    HttpResponse response = answer;
    if (response == null) {
      return null;
    }
    List<String> values = response.headers().getAll(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }
}
