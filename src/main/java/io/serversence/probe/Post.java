package io.serversence.probe;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request that carries a message out, over a connection of its own, under one deadline.
 * Redirects are not followed: where a message goes is configured. Of the answer only a beginning is
 * read. Used on one event loop; its result completes there.
 */
final class Post implements Dial.Caller, Connection.Listener {
  private final Lane lane;
  private final Ask ask;
  private final Duration time;
  private final CompletableFuture<Reply> result = new CompletableFuture<>();
  private final Body body;
  private Stage stage = Stage.RESOLVING;
  private @Nullable Deadline deadline;
  private @Nullable Dial dial;
  private @Nullable Connection connection;
  private @Nullable HttpResponse answer;
  private boolean over;

  Post(Lane lane, Ask ask, Duration time) {
    this.lane = lane;
    this.ask = ask;
    this.time = time;
    this.body = new Body(lane.settings(), lane.counters().bodyBytes, false);
  }

  CompletionStage<Reply> result() {
    return result;
  }

  void begin() {
    long now = System.nanoTime();
    Deadline limit =
        new Deadline(
            lane, now, time.toNanos(), stalled -> fail(Words.late(time, stage.words).words()));
    deadline = limit;
    dial = lane.dialer().dial(ask.url().endpoint(false), limit.due(), this);
  }

  @Override
  public void reached(Stage next) {
    stage = next;
  }

  @Override
  public void tried(InetAddress address) {}

  @Override
  public void shown(X509Certificate refused) {}

  @Override
  public void connected(Connection with) {
    dial = null;
    connection = with;
    stage = Stage.WAITING;
    with.expect(this);
    with.send(ask.request());
  }

  @Override
  public void failed(Failure failure) {
    dial = null;
    fail(failure.words());
  }

  @Override
  public void firstByte() {
    stage = Stage.HEADERS;
  }

  @Override
  public void heard(Object message) {
    try {
      if (message instanceof HttpResponse response && !over) {
        headers(response);
      }
      if (message instanceof HttpContent content && answer != null && !over) {
        body.add(content.content());
        if (content instanceof LastHttpContent || body.received() > Body.EXCERPT) {
          answered();
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void headers(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      fail(Words.unreadable(response, lane.settings().headerCap()).words());
    } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      answer = response;
      body.describe(response.headers());
      stage = Stage.READING;
    }
  }

  @Override
  public void ended(@Nullable Throwable cause) {
    if (answer != null) {
      answered(); // the status says what counts, whatever became of the body
    } else {
      fail(Words.of(cause, stage).words());
    }
  }

  private void answered() {
    HttpResponse response = answer;
    if (response != null) {
      String excerpt = body.excerpt();
      String retryAfter = response.headers().get(HttpHeaderNames.RETRY_AFTER);
      finish(new Reply(response.status().code(), retryAfter, excerpt == null ? "" : excerpt));
    }
  }

  /** ServerSence is stopping. */
  void abandon() {
    fail("ServerSence is stopping");
  }

  private void fail(String why) {
    if (answer != null) {
      answered();
    } else {
      finish(new Reply(null, null, why));
    }
  }

  private void finish(Reply reply) {
    if (over) {
      return;
    }
    over = true;
    if (deadline != null) {
      deadline.cancel();
    }
    if (dial != null) {
      dial.cancel();
    }
    if (connection != null) {
      connection.close();
    }
    body.release();
    lane.ended(this);
    result.complete(reply);
  }
}
