package io.serversence.probe;

import io.serversence.monitor.Auth;
import io.serversence.monitor.Condition;
import io.serversence.monitor.ConditionSyntaxException;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.Severity;
import io.serversence.monitor.Target;
import io.serversence.monitor.Thresholds;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds monitors for tests: GET, timeout 5 s, interval 1 s, condition {@code [CONNECTED]}. */
final class Monitors {
  private String method = "GET";
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String body;
  private boolean follow = true;
  private int maxRedirects = 5;
  private boolean insecure;
  private Auth auth;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Condition> degradedWhen = new ArrayList<>();
  private Duration interval = Duration.ofSeconds(1);
  private Duration timeout = Duration.ofSeconds(5);

  static Monitors with() {
    return new Monitors();
  }

  Monitors method(String name) {
    method = name;
    return this;
  }

  Monitors header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Monitors body(String text) {
    body = text;
    return this;
  }

  Monitors noFollowing() {
    follow = false;
    return this;
  }

  Monitors maxRedirects(int most) {
    maxRedirects = most;
    return this;
  }

  Monitors insecure() {
    insecure = true;
    return this;
  }

  Monitors auth(Auth proof) {
    auth = proof;
    return this;
  }

  Monitors condition(String text) {
    conditions.add(parse(text));
    return this;
  }

  Monitors degradedWhen(String text) {
    degradedWhen.add(parse(text));
    return this;
  }

  Monitors interval(Duration duration) {
    interval = duration;
    return this;
  }

  Monitors timeout(Duration duration) {
    timeout = duration;
    return this;
  }

  private static Condition parse(String text) {
    try {
      return Condition.parse(text);
    } catch (ConditionSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Monitor http(String url) {
    return of(
        new Target.Http(
            URI.create(url), method, headers, body, follow, maxRedirects, insecure, auth));
  }

  Monitor tcp(String host, int port, String send, String expect) {
    return of(new Target.Tcp(host, port, send, expect));
  }

  Monitor tls(String host, int port, String serverName) {
    return of(new Target.Tls(host, port, serverName));
  }

  Monitor sse(String url) {
    return of(new Target.Sse(URI.create(url), headers));
  }

  Monitor of(Target target) {
    return new Monitor(
        "m",
        "M",
        null,
        List.of(),
        "",
        true,
        target,
        conditions.isEmpty() ? List.of(parse("[CONNECTED] == true")) : conditions,
        degradedWhen,
        interval,
        timeout,
        interval,
        Thresholds.DEFAULT,
        List.of(),
        Severity.CRITICAL);
  }
}
