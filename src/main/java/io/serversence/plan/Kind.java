package io.serversence.plan;

import io.serversence.alert.Channel;
import io.serversence.alert.ChannelDocument;
import io.serversence.alert.Route;
import io.serversence.alert.RouteDocument;
import io.serversence.document.Keys;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorDocument;
import io.serversence.mute.Window;
import io.serversence.mute.WindowDocument;
import io.serversence.page.StatusPage;
import io.serversence.page.StatusPageDocument;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of configured thing.
 *
 * @param section its name in the document
 * @param path its name in REST, which the document may have too
 * @param most how many there may be
 * @param form how one is read
 * @param id the key of one
 * @param writer writes one, with its secrets or with {@code ***}
 */
public record Kind<T>(
    String section, String path, int most, Form<T> form, Function<T, String> id, Writer<T> writer) {

  /** Reads one thing. */
  public interface Form<T> {
    /**
     * Reads it.
     *
     * @param previous what it replaces, or null for a new one
     * @param isThere whether there will be a thing of a kind and a key
     * @throws io.serversence.document.InvalidDocument with every fault
     */
    T read(JsonObject document, @Nullable T previous, BiPredicate<Kind<?>, String> isThere);
  }

  /** Writes one thing. */
  public interface Writer<T> {
    JsonObject write(T value, boolean secrets);
  }

  public static final Kind<Monitor> MONITORS =
      new Kind<>(
          "monitors",
          "monitors",
          20_000,
          (document, previous, isThere) -> MonitorDocument.read(document, previous),
          Monitor::id,
          MonitorDocument::write);

  public static final Kind<Channel> CHANNELS =
      new Kind<>(
          "channels",
          "channels",
          1_000,
          (document, previous, isThere) -> ChannelDocument.read(document, previous),
          Channel::id,
          ChannelDocument::write);

  public static final Kind<Route> ROUTES =
      new Kind<>(
          "routes",
          "routes",
          1_000,
          (document, previous, isThere) ->
              RouteDocument.read(document, previous, key -> isThere.test(Kind.CHANNELS, key)),
          Route::id,
          (route, secrets) -> RouteDocument.write(route));

  public static final Kind<Window> WINDOWS =
      new Kind<>(
          "maintenanceWindows",
          "maintenance-windows",
          1_000,
          (document, previous, isThere) -> WindowDocument.read(document, previous),
          Window::id,
          (window, secrets) -> WindowDocument.write(window));

  public static final Kind<StatusPage> PAGES =
      new Kind<>(
          "statusPages",
          "status-pages",
          1_000,
          (document, previous, isThere) ->
              StatusPageDocument.read(document, previous, key -> isThere.test(Kind.MONITORS, key)),
          StatusPage::id,
          (page, secrets) -> StatusPageDocument.write(page));

  /** In the order of a document, which is one in which they can be created. */
  public static final List<Kind<?>> ALL = List.of(MONITORS, CHANNELS, ROUTES, WINDOWS, PAGES);

  /** The key that a document gives or that is made of its name; null where it has none. */
  static @Nullable String key(JsonObject document) {
    if (document.get("id") instanceof JsonString id) {
      return id.getString();
    }
    String name = document.containsKey("name") ? "name" : "title";
    return document.get(name) instanceof JsonString text ? Keys.from(text.getString()) : null;
  }

  /** Whether two are the same in all that is stored of them. */
  boolean same(T one, T other) {
    return writer.write(one, true).equals(writer.write(other, true));
  }
}
