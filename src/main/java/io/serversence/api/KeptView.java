package io.serversence.api;

import io.serversence.database.Kept;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Keys;
import io.serversence.document.Times;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** Configured things other than monitors, as the API shows them. */
final class KeptView {
  private KeptView() {}

  /** Adds the read-only fields. */
  static JsonObject of(Kept<?> kept, JsonObject written) {
    return Json.object(written)
        .add("revision", kept.revision())
        .add("managedBy", kept.managedByFile() ? "file" : "api")
        .add("createdAt", Times.format(kept.createdAt()))
        .add("updatedAt", Times.format(kept.updatedAt()))
        .build();
  }

  static Response.ResponseBuilder answer(int status, Kept<?> kept, JsonObject written) {
    return Answer.json(status, of(kept, written))
        .header(HttpHeaders.ETAG, IfMatch.tag(kept.revision()));
  }

  /** A page of those after a key; all must be ordered by id. */
  static <T> Response page(List<Kept<T>> all, Query query, Function<T, JsonObject> write) {
    int limit = query.limit();
    String after = query.cursor(position -> Keys.isKey(position) ? position : null);
    query.finish();
    List<Kept<T>> rest =
        all.stream().filter(k -> after == null || k.id().compareTo(after) > 0).toList();
    List<Kept<T>> page = rest.subList(0, Math.min(limit, rest.size()));
    return Answer.page(
        page.stream().map(kept -> of(kept, write.apply(kept.value()))).toList(),
        rest.size() > limit ? query.next(page.get(limit - 1).id()) : null);
  }

  /** What an RFC 7396 merge patch makes of a document. */
  static JsonObject patched(JsonObject document, JsonObject patch) {
    if (Json.merge(document, patch) instanceof JsonObject merged) {
      return merged;
    }
    throw new InvalidDocument("", "the patch must be a JSON object");
  }
}
