package io.serversence.stream;

import io.serversence.access.Caller;
import io.serversence.document.Fields;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.document.Times;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket client says, and what it is told. Messages come one at a time; answers may come
 * from any thread.
 */
final class Conversation {
  private static final Logger LOG = System.getLogger(Conversation.class.getName());
  private static final int MOST_BAD = 10;
  private static final int MOST_A_MINUTE = 100;
  private static final int MOST_RUNNING = 16;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** The client, as this conversation needs it. */
  interface Partner {
    void answer(String message);

    void subscribe(Subscription subscription);

    /**
     * Looks at an incident from now on, or at none.
     *
     * @return who looks at it now
     * @throws Refused NOT_FOUND if there is no such incident unresolved, or TOO_MANY
     */
    JsonValue view(@Nullable UUID incident);

    void end(Ending why);
  }

  private final Caller caller;
  private final Commands commands;
  private final Partner partner;
  private final Supplier<Instant> clock;
  private final LongSupplier nanos;
  private final AtomicInteger running = new AtomicInteger();
  private long minute;
  private int messages;
  private int badInARow;

  Conversation(
      Caller caller,
      Commands commands,
      Partner partner,
      Supplier<Instant> clock,
      LongSupplier nanos) {
    this.caller = caller;
    this.commands = commands;
    this.partner = partner;
    this.clock = clock;
    this.nanos = nanos;
    this.minute = nanos.getAsLong();
  }

  /** A text message came. */
  void text(String message) {
    if (tooMany()) {
      return;
    }
    JsonValue ref = JsonValue.NULL;
    try {
      if (!(Json.parse(message) instanceof JsonObject object)) {
        throw new InvalidDocument("", "must be a JSON object");
      }
      ref = ref(object);
      if (ref == null) {
        ref = JsonValue.NULL;
        throw new InvalidDocument("ref", "must be a number or a string of at most 200 characters");
      }
      operate(object, ref);
      badInARow = 0;
    } catch (InvalidDocument e) {
      refuse(ref, ProblemDocument.of(e));
      bad();
    } catch (Refused e) {
      refuse(ref, ProblemDocument.of(e));
      badInARow = 0;
    }
  }

  /** A binary message came, which none should. */
  void binary() {
    if (!tooMany()) {
      refuse(JsonValue.NULL, ProblemDocument.of(400, "messages are text"));
      bad();
    }
  }

  private boolean tooMany() {
    long now = nanos.getAsLong();
    if (now - minute >= MINUTE) {
      minute = now;
      messages = 0;
    }
    messages++;
    if (messages == MOST_A_MINUTE + 1) {
      partner.end(Ending.TOO_MANY_MESSAGES);
    }
    return messages > MOST_A_MINUTE;
  }

  private void bad() {
    badInARow++;
    if (badInARow == MOST_BAD) {
      partner.end(Ending.BAD_MESSAGES);
    }
  }

  private static @Nullable JsonValue ref(JsonObject message) {
    JsonValue ref = message.get("ref");
    if (ref == null) {
      return JsonValue.NULL;
    }
    boolean fits =
        ref == JsonValue.NULL
            || (ref instanceof JsonNumber number && number.toString().length() <= 40)
            || (ref instanceof JsonString text && text.getString().length() <= 200);
    return fits ? ref : null;
  }

  private void operate(JsonObject message, JsonValue ref) {
    Fields fields = new Fields(message).ignore("ref");
    String op = fields.required("op", 1, 100);
    if (op == null) {
      fields.finish();
    } else if (op.equals("ping")) {
      fields.finish();
      accept(ref, Json.object().add("serverTime", Times.format(clock.get())).build());
    } else if (op.equals("subscribe")) {
      partner.subscribe(subscription(fields, message, ref));
    } else if (op.equals("view")) {
      accept(ref, partner.view(incident(fields, message)));
    } else if (commands.knows(op)) {
      run(op, message, ref);
    } else {
      throw new InvalidDocument("op", "is not a known operation");
    }
  }

  private static Subscription subscription(Fields fields, JsonObject message, JsonValue ref) {
    fields.ignore("filter", "lastEventId");
    Boolean snapshot = fields.bool("snapshot");
    Boolean batch = fields.bool("batch");
    String samples = fields.oneOf("samples", List.of("json", "binary"));
    JsonValue wanted = message.getOrDefault("filter", JsonValue.NULL);
    if (wanted != JsonValue.NULL && !(wanted instanceof JsonObject)) {
      fields.fault("filter", "must be an object");
    }
    JsonValue last = message.getOrDefault("lastEventId", JsonValue.NULL);
    if (last != JsonValue.NULL && !(last instanceof JsonString)) {
      fields.fault("lastEventId", "must be a string");
    }
    fields.finish();
    Filter filter =
        wanted instanceof JsonObject document ? Filter.of(document, "filter.") : Filter.ALL;
    return new Subscription(
        filter,
        last instanceof JsonString text ? text.getString() : null,
        !Boolean.FALSE.equals(snapshot),
        Wire.webSocket(Boolean.TRUE.equals(batch), "binary".equals(samples)),
        ref);
  }

  private static @Nullable UUID incident(Fields fields, JsonObject message) {
    String text = fields.string("incident", 1, 100);
    if (!message.containsKey("incident")) {
      fields.fault("incident", "is required; null for none");
    }
    fields.finish();
    if (text == null) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Refused.Reason.NOT_FOUND, "there is no such incident", e);
    }
  }

  private void run(String op, JsonObject message, JsonValue ref) {
    if (running.incrementAndGet() > MOST_RUNNING) {
      running.decrementAndGet();
      refuse(ref, ProblemDocument.of(429, "too many operations are running"));
      return;
    }
    CompletionStage<JsonValue> result;
    try {
      result = commands.run(op, message, caller);
    } catch (RuntimeException e) {
      running.decrementAndGet();
      if (e instanceof InvalidDocument invalid) {
        throw invalid;
      }
      failed(op, ref, e);
      return;
    }
    var unused =
        result.whenComplete(
            (value, fault) -> {
              running.decrementAndGet();
              if (fault == null) {
                accept(ref, value);
              } else {
                failed(op, ref, fault);
              }
            });
  }

  private void failed(String op, JsonValue ref, Throwable fault) {
    JsonObject problem = ProblemDocument.of(fault);
    if (problem == null) {
      LOG.log(Level.ERROR, "cannot run the operation " + op + " of a WebSocket client", fault);
      problem = ProblemDocument.of(500, "the operation failed");
    }
    refuse(ref, problem);
  }

  private void accept(JsonValue ref, @Nullable JsonValue result) {
    partner.answer(
        Json.object()
            .add("ref", ref)
            .add("ok", true)
            .add("result", result == null ? JsonValue.NULL : result)
            .build()
            .toString());
  }

  private void refuse(JsonValue ref, @Nullable JsonObject problem) {
    partner.answer(
        Json.object()
            .add("ref", ref)
            .add("ok", false)
            .add("problem", problem == null ? JsonValue.NULL : problem)
            .build()
            .toString());
  }
}
