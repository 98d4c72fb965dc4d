package io.serversence.stream;

import io.serversence.document.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest state of something, as JSON in pieces that each know in which version they changed
 * last. Who has an older version is told the difference, so that no history is kept and nobody can
 * fall behind. Immutable.
 */
public final class Edition {
  private final long version;
  private final Instant at;
  private final long arranged; // since then the rows have been the same ones, in the same order
  private final Map<String, Piece> fields;
  private final Map<String, Piece> rows;

  private record Piece(String json, long version) {}

  private Edition(
      long version, Instant at, long arranged, Map<String, Piece> fields, Map<String, Piece> rows) {
    this.version = version;
    this.at = at;
    this.arranged = arranged;
    this.fields = fields;
    this.rows = rows;
  }

  /**
   * The first version.
   *
   * @param fields JSON on one line by name
   * @param rows JSON on one line by key, in their order
   */
  public static Edition first(Instant at, Map<String, String> fields, Map<String, String> rows) {
    return new Edition(1, at, 1, pieces(1, Map.of(), fields), pieces(1, Map.of(), rows));
  }

  /** The next version, with the same fields; this very one if nothing differs. */
  public Edition next(Instant now, Map<String, String> newFields, Map<String, String> newRows) {
    long next = version + 1;
    boolean same = List.copyOf(rows.keySet()).equals(List.copyOf(newRows.keySet()));
    Map<String, Piece> nextFields = pieces(next, fields, newFields);
    Map<String, Piece> nextRows = pieces(next, rows, newRows);
    return same && nextFields.equals(fields) && nextRows.equals(rows)
        ? this
        : new Edition(next, now, same ? arranged : next, nextFields, nextRows);
  }

  private static Map<String, Piece> pieces(
      long version, Map<String, Piece> old, Map<String, String> json) {
    Map<String, Piece> pieces = new LinkedHashMap<>();
    json.forEach(
        (key, text) -> {
          Piece before = old.get(key);
          pieces.put(
              key, before != null && before.json.equals(text) ? before : new Piece(text, version));
        });
    return pieces;
  }

  /** Counted from 1. */
  public long version() {
    return version;
  }

  /** Whether who has a version, 0 for none, has to be told everything. */
  boolean isNews(long known) {
    return known < arranged || known > version;
  }

  /** What somebody is told who has a version, 0 for none, as one line. */
  String since(long known) {
    boolean all = isNews(known);
    StringBuilder data = new StringBuilder("{\"version\":").append(version);
    if (!all) {
      data.append(",\"prev\":").append(known);
    }
    data.append(",\"at\":\"").append(Times.format(at)).append('"');
    fields.forEach(
        (name, piece) -> {
          if (all || piece.version > known) {
            data.append(",\"").append(name).append("\":").append(piece.json);
          }
        });
    List<String> changed = new ArrayList<>();
    rows.values().stream()
        .filter(piece -> all || piece.version > known)
        .forEach(piece -> changed.add(piece.json));
    return data.append(",\"monitors\":[").append(String.join(",", changed)).append("]}").toString();
  }
}
