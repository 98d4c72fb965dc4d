package io.serversence.api;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Keys;
import io.serversence.document.Times;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query strictly: each at most once, and none that is not known. Faults
 * are collected until {@link #finish()}. An empty value counts as absent. Used by one thread.
 */
final class Query {
  static final int DEFAULT_LIMIT = 50;
  static final int MOST = 500;
  private static final int MOST_VALUES = 100;
  private static final Duration DAY = Duration.ofDays(1);

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<?> known;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * Splits a query.
   *
   * @param raw as it was sent, without the question mark
   */
  Query(@Nullable String raw, Set<?> known) {
    this.known = known;
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded("", equals < 0 ? pair : pair.substring(0, equals));
      String value = decoded(name, equals < 0 ? "" : pair.substring(equals + 1));
      if (!known.contains(name)) {
        fault(name.length() > 200 ? name.substring(0, 200) : name, "is not a known parameter");
      } else if (values.put(name, value) != null) {
        fault(name, "must be given once; several values are separated by commas");
      }
    }
  }

  private String decoded(String name, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer plain = ByteBuffer.allocate(utf8.length);
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '%') {
        int high = i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
        int low = i + 2 < utf8.length ? Character.digit(utf8[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          fault(name, "is not percent-encoded as it must be");
          return "";
        }
        plain.put((byte) (high << 4 | low));
        i += 2;
      } else {
        plain.put(utf8[i] == '+' ? (byte) ' ' : utf8[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
    } catch (CharacterCodingException e) {
      fault(name, "is not valid UTF-8");
      return "";
    }
  }

  @Nullable String text(String name, int most) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    if (value.length() > most) {
      return fault(name, "must have at most " + most + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      return fault(name, "must not contain control characters");
    }
    return value;
  }

  /** The values between commas; empty for any. */
  Set<String> texts(String name, int most) {
    Set<String> texts = new LinkedHashSet<>();
    String all = text(name, (most + 1) * MOST_VALUES);
    for (String text : all == null ? new String[0] : all.split(",", -1)) {
      if (text.strip().length() > most) {
        fault(name, "must have at most " + most + " characters each");
        return Set.of();
      }
      if (!text.isBlank()) {
        texts.add(text.strip());
      }
    }
    if (texts.size() > MOST_VALUES) {
      fault(name, "must have at most " + MOST_VALUES + " values");
      return Set.of();
    }
    return texts;
  }

  Set<String> keys(String name) {
    Set<String> keys = texts(name, 63);
    if (!keys.stream().allMatch(Keys::isKey)) {
      fault(name, "must be a key: " + Keys.FORM);
      return Set.of();
    }
    return keys;
  }

  /** The words between commas, each one of those given; empty for any. */
  <T> Set<T> words(String name, T[] all, Function<T, String> word) {
    Map<String, T> byWord = new LinkedHashMap<>();
    for (T one : all) {
      byWord.put(word.apply(one), one);
    }
    Set<T> chosen = new LinkedHashSet<>();
    for (String text : texts(name, 100)) {
      T one = byWord.get(text);
      if (one == null) {
        fault(name, "must be one of " + String.join(", ", byWord.keySet()));
      } else {
        chosen.add(one);
      }
    }
    return chosen;
  }

  @Nullable Instant time(String name) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    // An offset's plus sign that was not encoded has become a space.
    Instant at = Times.parse(value.replace(' ', '+'));
    return at != null ? at : fault(name, Times.REQUIRED);
  }

  /** The window from {@code from} to {@code to}, by default the last 24 h. */
  Window window(Instant now) {
    Instant from = time("from");
    Instant to = time("to");
    Instant end = to == null ? now : to;
    if (to == null && from != null && from.isAfter(now)) {
      end = from; // an empty window, and no fault
    }
    Instant start = from == null ? end.minus(DAY) : from;
    if (start.isAfter(end)) {
      fault("from", "must not be after to");
    }
    return new Window(start, end);
  }

  /** A time zone, by default UTC. */
  ZoneId zone(String name) {
    String value = text(name, 60);
    try {
      // An offset's plus sign that was not encoded has become a space.
      return value == null ? ZoneOffset.UTC : ZoneId.of(value.replace(' ', '+'));
    } catch (DateTimeException e) {
      fault(name, "must be a time zone such as Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }

  /** True or false; false where it is not given. */
  boolean flag(String name) {
    String value = value(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (!value.equals("true")) {
      fault(name, "must be true or false");
    }
    return true;
  }

  /** How many rows at the most; all of them where no limit is given. */
  int limitOfRows() {
    return value("limit") == null ? Integer.MAX_VALUE : limit();
  }

  int limit() {
    String value = value("limit");
    if (value == null) {
      return DEFAULT_LIMIT;
    }
    int limit = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
    if (limit < 1 || limit > MOST) {
      fault("limit", "must be from 1 to " + MOST);
      return DEFAULT_LIMIT;
    }
    return limit;
  }

  /**
   * Where the page before ended, or null for the first page.
   *
   * @param read reads a position, and answers null for none
   */
  <T> @Nullable T cursor(Function<String, @Nullable T> read) {
    String value = value("cursor");
    if (value == null) {
      return null;
    }
    String position = Cursor.read(value, filter());
    T at = position == null ? null : read.apply(position);
    return at != null ? at : fault("cursor", "is none of this list with this filter");
  }

  /** The cursor of the page after this one. */
  String next(String position) {
    return Cursor.write(position, filter());
  }

  /** What the list is filtered by, in one spelling. */
  private String filter() {
    StringBuilder filter = new StringBuilder();
    values.entrySet().stream()
        .filter(e -> !e.getKey().equals("cursor") && !e.getKey().equals("limit"))
        .filter(e -> !e.getValue().isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> filter.append(e.getKey()).append('=').append(e.getValue()).append('\n'));
    return filter.toString();
  }

  private @Nullable String value(String name) {
    if (!known.contains(name)) {
      throw new IllegalStateException("parameter " + name + " is not declared by @Operation");
    }
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // only ever null
  <T> @Nullable T fault(String name, String message) {
    errors.add(new FieldError(name, message));
    return null;
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidDocument if any parameter was faulty or unknown
   */
  void finish() {
    if (!errors.isEmpty()) {
      throw new InvalidDocument(errors.stream().limit(100).toList());
    }
  }

  /** From the first moment to before the second. */
  record Window(Instant from, Instant to) {}
}
