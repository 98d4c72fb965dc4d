package io.serversence.plan;

import io.serversence.document.FieldError;
import io.serversence.document.InvalidDocument;
import io.serversence.monitor.Dependencies;
import io.serversence.monitor.Monitor;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The faults of many things, each with its place in the document. Used by one thread. */
final class Faults {
  private static final int MOST = 100;
  private final List<FieldError> errors = new ArrayList<>();

  /** Reads one thing; answers null and notes what is wrong if it is faulty. */
  <T> @Nullable T read(
      Kind<T> kind,
      int i,
      JsonObject document,
      @Nullable T previous,
      BiPredicate<Kind<?>, String> isThere) {
    try {
      return kind.form().read(document, previous, isThere);
    } catch (InvalidDocument e) {
      for (FieldError error : e.errors()) {
        String at = place(kind, i) + (error.field().isEmpty() ? "" : "." + error.field());
        errors.add(new FieldError(at, error.message()));
      }
      return null;
    }
  }

  void twice(Kind<?> kind, int i, String key) {
    errors.add(new FieldError(place(kind, i) + ".id", key + " is there twice"));
  }

  private static String place(Kind<?> kind, int i) {
    return kind.section() + "[" + i + "]";
  }

  /** Throws if there are any. */
  void finish() {
    if (!errors.isEmpty()) {
      throw new InvalidDocument(errors.stream().limit(MOST).toList());
    }
  }

  /** Throws if a monitor would depend on itself. */
  static void refuseCycle(Map<String, Monitor> monitors) {
    Monitor cyclic = Dependencies.cyclic(monitors);
    if (cyclic != null) {
      try {
        Dependencies.check(cyclic, monitors::get);
      } catch (InvalidDocument e) {
        throw new InvalidDocument(
            Kind.MONITORS.section(),
            "dependsOn of " + cyclic.id() + " " + e.errors().get(0).message());
      }
    }
  }
}
