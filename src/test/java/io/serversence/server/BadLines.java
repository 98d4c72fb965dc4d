package io.serversence.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.serversence.server.BadRequest.Must;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests without a body, with one thing wrong in their path, their query or their headers. */
final class BadLines {
  private static final String LONG = "x".repeat(5_000);

  private static final Set<String> BROKEN_ESCAPES = Set.of("%zz", "%", "%u0041");

  /** Parameters that take any text. */
  private static final Set<String> FREE = Set.of("q", "tag", "group", "actor", "acknowledgedBy");

  /** Values that happen to be a key, and an offset from UTC. */
  private static final Set<String> TRUE_BY_CHANCE = Set.of("monitor word null", "tz minus");

  private final boolean escapes;
  private final String context;
  private final String headers;
  private final List<BadRequest> requests = new ArrayList<>();

  /**
   * Makes them.
   *
   * @param context the application's path, without a slash at its end
   * @param headers that every request has, each with its line end
   */
  BadLines(String context, String headers) {
    this(context, headers, true);
  }

  /**
   * Makes them.
   *
   * @param escapes whether paths with broken escapes are among them
   */
  BadLines(String context, String headers, boolean escapes) {
    this.escapes = escapes;
    this.context = context;
    this.headers = headers;
  }

  private List<BadRequest> made() {
    List<BadRequest> made = List.copyOf(requests);
    requests.clear();
    return made;
  }

  private void get(String what, String target, Must must, String field) {
    line(what, "GET " + context + target + " HTTP/1.1\r\n", must, field);
  }

  private void line(String what, String line, Must must, String field) {
    String request = line + headers + "\r\n";
    requests.add(new BadRequest(what, request.getBytes(ISO_8859_1), must, field));
  }

  /** One parameter of an operation with all kinds of values, and others that it does not have. */
  List<BadRequest> parameter(String path, String name, JsonObject schema) {
    boolean free = FREE.contains(name);
    Must must = free ? Must.NOT_FAIL : Must.NAME_THE_FIELD;
    NastyValue.TEXTS.forEach(
        (what, text) -> {
          String encoded = URLEncoder.encode(text, UTF_8);
          Must so = TRUE_BY_CHANCE.contains(name + " " + what) ? Must.NOT_FAIL : must;
          get(path + "?" + name + ": " + what, path + "?" + name + "=" + encoded, so, name);
        });
    String valid = name.equals("limit") ? "5" : free ? "x" : null;
    if (valid != null) {
      String pair = name + "=" + valid;
      get(path + "?" + name + " twice", path + "?" + pair + "&" + pair, Must.NAME_THE_FIELD, name);
    }
    List<String> numbers = List.of("0", "501", "1e3", "0x10", "+5", "5.0", "999999999999", "5;5");
    if (schema.getString("type").equals("integer")) {
      for (String wrong : numbers) {
        get(path + "?" + name + "=" + wrong, path + "?" + name + "=" + wrong, must, name);
      }
    }
    get(path + "?" + name + " long", path + "?" + name + "=" + LONG, must, name);
    get(path + "?" + name + " many", path + "?" + name + "=" + ",a!".repeat(2_000), must, name);
    for (String broken : List.of("%ff%fe", "%c0%80", "%ed%a0%80", "%e2%82")) {
      get(
          path + "?" + name + "=" + broken,
          path + "?" + name + "=" + broken,
          Must.NAME_THE_FIELD,
          name);
    }
    for (String broken : List.of("%", "%z", "%zz", "%u0041", "%0")) {
      get(
          path + "?" + name + "=" + broken,
          path + "?" + name + "=" + broken,
          Must.BE_ANSWERED_BY_ANYONE,
          name);
    }
    return made();
  }

  /** Parameters that an operation does not have. */
  List<BadRequest> unknownParameters(String path) {
    for (String name : List.of("no-such", "%00", "Limit", "%3Cb%3E", "a%0d%0ab", "limit%20")) {
      get(path + "?" + name, path + "?" + name + "=1", Must.REFUSE, "");
    }
    get(path + "? of many", path + "?a" + "&a".repeat(1_000), Must.BE_ANSWERED_BY_ANYONE, "");
    return made();
  }

  /** Paths that lead nowhere, or try to. */
  List<BadRequest> paths(String method) {
    List<String> places =
        List.of(
            "/api/@",
            "/api/monitors/@",
            "/api/monitors/@/samples",
            "/api/incidents/@",
            "/api/heartbeats/@",
            "/api/heartbeats/@/start",
            "/@",
            "/js/@",
            "/health/@");
    List<String> bad =
        List.of(
            "%00",
            "%2F",
            "%2f..%2f..",
            "%5C",
            "..",
            "../..",
            "..;/..",
            ";a=b",
            "%2e%2e",
            "%252e%252e%252f",
            "%ff%fe",
            "%c0%ae",
            "%e2%80%ae",
            "a%0d%0aX:%20y",
            "%7B%7D",
            "*",
            "'%20or%20'1'='1",
            "%3Cscript%3E",
            "$%7Bjndi:ldap://127.0.0.1:1/a%7D",
            "~",
            ".",
            "con",
            "WEB-INF%2fweb.xml",
            "%57EB-INF/web.xml",
            LONG,
            "a/".repeat(500),
            "\u00ff\u00fe",
            "\u00c3\u00a4",
            "%zz",
            "%",
            "%u0041",
            "\"",
            "<b>",
            "\\..\\..",
            "{}",
            "a b",
            "|",
            "^",
            "`");
    for (String place : places) {
      for (String part : bad) {
        if (!escapes && BROKEN_ESCAPES.contains(part)) {
          continue;
        }
        String path = context + place.replace("@", part);
        line(
            method + " " + place + " of " + part.substring(0, Math.min(30, part.length())),
            method + " " + path + " HTTP/1.1\r\n",
            Must.BE_ANSWERED_BY_ANYONE,
            "");
      }
    }
    return made();
  }

  /** What is hardly a request line. */
  List<BadRequest> requestLines() {
    String path = context + "/api/status";
    for (String line :
        List.of(
            "GET http://evil.example" + path + " HTTP/1.1",
            "GET //evil.example" + path + " HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT evil.example:443 HTTP/1.1",
            "TRACE " + path + " HTTP/1.1",
            "TRACK " + path + " HTTP/1.1",
            "PROPFIND " + path + " HTTP/1.1",
            "get " + path + " HTTP/1.1",
            "G\u00e4T " + path + " HTTP/1.1",
            "GET\t" + path + "\tHTTP/1.1",
            "GET  " + path + "  HTTP/1.1",
            "GET " + path + " HTTP/1.0",
            "GET " + path + " HTTP/9.9",
            "GET " + path + " HTTX",
            "GET " + path,
            "GET",
            "X".repeat(20_000) + " " + path + " HTTP/1.1",
            "GET " + path + "?" + "x".repeat(20_000) + " HTTP/1.1",
            "GET /" + "x".repeat(100_000) + " HTTP/1.1",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
            "PRI * HTTP/2.0",
            "\0\0\0\0")) {
      line(
          "line " + line.substring(0, Math.min(60, line.length())),
          line + "\r\n",
          Must.BE_ANSWERED_BY_ANYONE,
          "");
    }
    return made();
  }

  /** Headers that cannot be understood, or are not to be. */
  List<BadRequest> headers(String path) {
    List<String> values =
        List.of(
            "",
            "x",
            "\"",
            "*",
            ",",
            ";",
            "a;b;c",
            "=",
            "\u00ff",
            "%00",
            "{}",
            "'--",
            "${jndi:ldap://127.0.0.1:1/a}",
            "<script>",
            "../..",
            "-1",
            "999999999999999999999",
            "text/html;q=2",
            "*/*/*",
            "a/b;c=\"d",
            "\"1\",",
            "W/",
            "\"x".repeat(200),
            "x".repeat(4_000));
    List<String> names =
        List.of(
            "Accept",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "Authorization",
            "Cookie",
            "Last-Event-ID",
            "Content-Encoding",
            "Accept-Encoding",
            "Accept-Language",
            "Accept-Charset",
            "Range",
            "Origin",
            "Referer",
            "Sec-Fetch-Site",
            "Sec-Fetch-Mode",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "Upgrade",
            "Connection",
            "TE",
            "Trailer",
            "Via",
            "Date",
            "Prefer",
            "X-HTTP-Method-Override",
            "User-Agent");
    for (String name : names) {
      for (String value : values) {
        boolean ofServer = // what is no UTF-8, and static files too
            value.equals("\u00ff")
                || List.of("Upgrade", "Connection", "TE", "Trailer").contains(name)
                || (path.equals("/") && (name.startsWith("If-") || name.equals("Range")));
        String own = name.equals("Authorization") ? withoutCredentials() : headers;
        String request =
            "GET " + context + path + " HTTP/1.1\r\n" + own + name + ": " + value + "\r\n\r\n";
        requests.add(
            new BadRequest(
                path + " with " + name + ": " + value.substring(0, Math.min(40, value.length())),
                request.getBytes(ISO_8859_1),
                ofServer ? Must.BE_ANSWERED_BY_ANYONE : Must.NOT_FAIL,
                ""));
      }
    }
    for (String credentials :
        List.of(
            "Basic",
            "Basic =",
            "Basic YQ",
            "Basic Og==",
            "Basic /////w==",
            "Bearer",
            "Bearer x.y.z",
            "Negotiate abc",
            "Basic " + "QUFB".repeat(500))) {
      line(
          path + " with " + credentials,
          "GET " + context + path + " HTTP/1.1\r\n" + "Authorization: " + credentials + "\r\n",
          Must.NOT_FAIL,
          "");
    }
    for (String framing :
        List.of(
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 1, 2",
            "Content-Length: 0\r\nContent-Length: 5",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Transfer-Encoding: x",
            "Expect: 200-ok",
            "Host: a\r\nHost: b",
            " folded: x",
            "no colon",
            ": no name",
            "na me: x",
            "n\u00e4me: x",
            "X: a\0b",
            "X: " + "x".repeat(70_000),
            "Content-Length: 99999999999999999999")) {
      String request = "POST " + context + path + " HTTP/1.1\r\n" + headers + framing + "\r\n\r\n";
      requests.add(
          new BadRequest(
              path + " with " + framing.substring(0, Math.min(40, framing.length())),
              request.getBytes(ISO_8859_1),
              Must.BE_ANSWERED_BY_ANYONE,
              ""));
    }
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      many.append("X-").append(i).append(": x\r\n");
    }
    line(
        path + " with 1,000 headers",
        "GET " + context + path + " HTTP/1.1\r\n" + many,
        Must.BE_ANSWERED_BY_ANYONE,
        "");
    return made();
  }

  private String withoutCredentials() {
    return headers.replaceAll("Authorization: [^\r]*\r\n", "");
  }
}
