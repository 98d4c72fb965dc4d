package io.serversence.alert;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** A POST as a receiver wants it; the body is JSON in UTF-8. */
record Request(URI url, Map<String, String> headers, String body) {
  Request {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    headers = Map.copyOf(all);
  }

  static Request of(URI url, JsonObject body) {
    return new Request(url, Map.of(), body.toString());
  }
}
