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
 * One request that carries a message out, or gets a document, over a connection of its own, under
 * one deadline. Redirects are not followed: where it goes is configured. Of the answer to a message
 * only a beginning is read; a document is read as a whole. Used on one event loop; its result
 * completes there.
 */
final class Post implements Dial.Caller, Connection.Listener {
  private static final Failure BROKEN_OFF = Failure.of("the answer breaks off");

  private final Lane lane;
  private final Ask ask;
  private final Duration time;
  private final boolean document;
  private final CompletableFuture<Reply> result = new CompletableFuture<>();
  private final Body body;
  private Stage stage = Stage.RESOLVING;
  private @Nullable Deadline deadline;
  private @Nullable Dial dial;
  private @Nullable Connection connection;
  private @Nullable HttpResponse answer;
  private boolean over;

  /**
   * A request.
   *
   * @param document whether a document is wanted, from an address that the egress policy is not
   *     asked about
   */
  Post(Lane lane, Ask ask, Duration time, boolean document) {
    this.lane = lane;
    this.ask = ask;
    this.time = time;
    this.document = document;
    this.body = new Body(lane.settings(), lane.counters().bodyBytes, document);
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
    dial = lane.dialer().dial(ask.url().endpoint(false), limit.due(), this, document);
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
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpContent content) {
    Failure failure = body.add(content.content());
    boolean last = content instanceof LastHttpContent;
    if (!document) {
      if (last || body.received() > Body.EXCERPT) {
        answered();
      }
    } else if (failure != null || body.tooLarge()) {
      broken(failure == null ? body.tooLargeWords() : failure);
    } else if (last) {
      failure = content.decoderResult().isFailure() ? BROKEN_OFF : body.decode();
      if (failure == null) {
        answered();
      } else {
        broken(failure);
      }
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
    if (answer == null) {
      fail(Words.of(cause, stage).words());
    } else if (document) {
      broken(BROKEN_OFF);
    } else {
      answered(); // the status says what counts, whatever became of the body
    }
  }

  private void answered() {
    HttpResponse response = answer;
    if (response != null) {
      String text = document ? body.text() : body.excerpt();
      String retryAfter = response.headers().get(HttpHeaderNames.RETRY_AFTER);
      finish(new Reply(response.status().code(), retryAfter, text == null ? "" : text));
    }
  }

  /** ServerSence is stopping. */
  void abandon() {
    fail("ServerSence is stopping");
  }

  /** Half a document is none. */
  private void broken(Failure failure) {
    finish(new Reply(null, null, failure.words()));
  }

  private void fail(String why) {
    if (answer != null && !document) {
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
