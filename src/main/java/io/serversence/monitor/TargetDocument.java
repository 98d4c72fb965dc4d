package io.serversence.monitor;

import io.serversence.document.Durations;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.WebAddress;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The written form of a target. */
final class TargetDocument {
  static final String MASK = "***";
  private static final List<String> TYPES = List.of("http", "tcp", "tls", "sse", "heartbeat");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})|\\[?[0-9A-Fa-f:.]{2,45}\\]?");
  private static final Pattern UNWRITABLE = Pattern.compile("[\\x00-\\x1f\\x7f]|[^\\x00-\\xff]");
  private static final Set<String> OWN_HEADERS =
      Set.of("content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer");
  private static final SecureRandom RANDOM = new SecureRandom();

  private TargetDocument() {}

  /**
   * Reads a target.
   *
   * @param previous the target that this one replaces, whose secrets count where none are given
   * @param fromStore whether a heartbeat's token may be given: whoever could choose it could take
   *     another monitor's
   */
  static @Nullable Target read(
      @Nullable Fields fields, @Nullable Target previous, boolean fromStore) {
    if (fields == null) {
      return null;
    }
    if (!fields.has("type")) {
      return fields.fault("type", "is required");
    }
    String type = fields.oneOf("type", TYPES);
    if (type == null) {
      fields.ignore(fields.names().toArray(String[]::new));
      return null;
    }
    return switch (type) {
      case "http" -> http(fields, previous instanceof Target.Http http ? http : null);
      case "tcp" ->
          new Target.Tcp(
              host(fields),
              port(fields),
              fields.text("send", 10_000),
              fields.text("expect", 1_000));
      case "tls" -> new Target.Tls(host(fields), port(fields), serverName(fields));
      case "sse" -> {
        Map<String, String> kept = previous instanceof Target.Sse sse ? sse.headers() : Map.of();
        yield new Target.Sse(url(fields), headers(fields, kept));
      }
      default -> {
        Duration grace = fields.duration("grace", Duration.ofMillis(1), Duration.ofDays(1));
        fields.ignore("url");
        yield new Target.Heartbeat(
            grace == null ? Duration.ofSeconds(10) : grace,
            token(fields, previous instanceof Target.Heartbeat beat ? beat : null, fromStore));
      }
    };
  }

  private static String token(
      Fields fields, Target.@Nullable Heartbeat previous, boolean fromStore) {
    String stored = fromStore ? fields.required("token", 20, 100) : null;
    return stored != null ? stored : previous != null ? previous.token() : newToken();
  }

  private static Target.Http http(Fields fields, Target.@Nullable Http previous) {
    String method = fields.string("method", 1, 100);
    if (method != null && !TOKEN.matcher(method).matches()) {
      fields.fault("method", "must be an HTTP method");
    } else if (method != null && method.equalsIgnoreCase("CONNECT")) {
      fields.fault("method", "must not be CONNECT");
    }
    Boolean follow = fields.bool("followRedirects");
    Integer redirects = fields.integer("maxRedirects", 0, 5);
    Boolean insecure = fields.bool("insecureTls");
    return new Target.Http(
        url(fields),
        method == null ? "GET" : method.toUpperCase(Locale.ROOT),
        headers(fields, previous == null ? Map.of() : previous.headers()),
        fields.text("body", 100_000),
        follow == null || follow,
        redirects == null ? 5 : redirects,
        insecure != null && insecure,
        auth(fields, previous == null ? null : previous.auth()));
  }

  private static @Nullable Auth auth(Fields target, @Nullable Auth previous) {
    Fields fields = target.object("auth");
    if (fields == null) {
      return null;
    }
    if (fields.has("basic") == fields.has("bearer")) {
      fields.ignore("basic", "bearer");
      return target.fault("auth", "must have either basic or bearer");
    }
    if (fields.has("bearer")) {
      String token = fields.string("bearer", 1, 8_000);
      String kept = previous instanceof Auth.Bearer old ? old.token() : null;
      return new Auth.Bearer(secret(fields, "bearer", token, kept));
    }
    Fields basic = fields.object("basic");
    if (basic == null) {
      return null;
    }
    String username = basic.required("username", 0, 500);
    if (username != null && username.indexOf(':') >= 0) {
      basic.fault("username", "must not contain a colon");
    }
    String password = basic.required("password", 0, 500);
    String kept = previous instanceof Auth.Basic old ? old.password() : null;
    return new Auth.Basic(
        username == null ? "" : username, secret(basic, "password", password, kept));
  }

  private static String secret(
      Fields fields, String name, @Nullable String given, @Nullable String kept) {
    if (!MASK.equals(given)) {
      if (given != null && name.equals("bearer") && UNWRITABLE.matcher(given).find()) {
        fields.fault(name, "must have characters that a header can carry");
      }
      return given == null ? "" : given;
    }
    if (kept == null) {
      fields.fault(name, "*** keeps what is stored, and nothing is");
      return "";
    }
    return kept;
  }

  private static Map<String, String> headers(Fields fields, Map<String, String> kept) {
    Map<String, String> headers = new LinkedHashMap<>();
    fields
        .stringMap("headers", 50, 8_000)
        .forEach(
            (name, value) -> {
              String at = "headers." + name;
              if (!TOKEN.matcher(name).matches()) {
                fields.fault(at, "must be a header name");
              } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                fields.fault(at, "is set by the probe itself");
              } else if (UNWRITABLE.matcher(value).find()) {
                fields.fault(at, "must have characters that a header can carry");
              } else if (value(headers, name) != null) {
                fields.fault(at, "is given twice");
              } else {
                headers.put(
                    name,
                    MASK.equals(value) && SecretHeaders.contains(name)
                        ? secret(fields, at, value, value(kept, name))
                        : value);
              }
            });
    return headers;
  }

  private static @Nullable String value(Map<String, String> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static URI url(Fields fields) {
    String text = fields.required("url", 1, 2_000);
    URI url = text == null ? null : WebAddress.read(fields, "url", text, "; use auth");
    return url == null ? URI.create("http://invalid") : url;
  }

  private static String host(Fields fields) {
    String host = fields.required("host", 1, 253);
    if (host != null && !HOST.matcher(host).matches()) {
      fields.fault("host", "must be a host name or an address");
    }
    return host == null ? "" : host.replaceAll("[\\[\\]]", "");
  }

  private static int port(Fields fields) {
    Integer port =
        fields.has("port")
            ? fields.integer("port", 1, 65_535)
            : fields.fault("port", "is required");
    return port == null ? 1 : port;
  }

  private static @Nullable String serverName(Fields fields) {
    String name = fields.string("serverName", 1, 253);
    if (name != null && !HOST.matcher(name).matches()) {
      fields.fault("serverName", "must be a host name");
    }
    return name;
  }

  private static String newToken() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static JsonObjectBuilder write(Target target, boolean secrets) {
    JsonObjectBuilder document = Json.object().add("type", target.type());
    if (target instanceof Target.Http http) {
      document
          .add("url", http.url().toString())
          .add("method", http.method())
          .add("headers", headers(http.headers(), secrets))
          .add("body", Json.string(http.body()))
          .add("followRedirects", http.followRedirects())
          .add("maxRedirects", http.maxRedirects())
          .add("insecureTls", http.insecureTls());
      if (http.auth() == null) {
        document.addNull("auth");
      } else {
        document.add("auth", auth(http.auth(), secrets));
      }
    } else if (target instanceof Target.Tcp tcp) {
      document
          .add("host", tcp.host())
          .add("port", tcp.port())
          .add("send", Json.string(tcp.send()))
          .add("expect", Json.string(tcp.expect()));
    } else if (target instanceof Target.Tls tls) {
      document
          .add("host", tls.host())
          .add("port", tls.port())
          .add("serverName", Json.string(tls.serverName()));
    } else if (target instanceof Target.Sse sse) {
      document.add("url", sse.url().toString()).add("headers", headers(sse.headers(), secrets));
    } else if (target instanceof Target.Heartbeat beat) {
      document.add("grace", Durations.format(beat.grace()));
      if (secrets) {
        document.add("token", beat.token());
      }
    }
    return document;
  }

  private static JsonObjectBuilder headers(Map<String, String> headers, boolean secrets) {
    JsonObjectBuilder document = Json.object();
    headers.forEach((name, value) -> document.add(name, secrets ? value : shown(name, value)));
    return document;
  }

  private static String shown(String name, String value) {
    return SecretHeaders.contains(name) ? MASK : value;
  }

  private static JsonObjectBuilder auth(Auth auth, boolean secrets) {
    if (auth instanceof Auth.Basic basic) {
      return Json.object()
          .add(
              "basic",
              Json.object()
                  .add("username", basic.username())
                  .add("password", secrets ? basic.password() : MASK));
    }
    return Json.object()
        .add("bearer", secrets && auth instanceof Auth.Bearer bearer ? bearer.token() : MASK);
  }
}
