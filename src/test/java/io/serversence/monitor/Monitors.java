package io.serversence.monitor;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Monitors of every kind that may be configured. */
final class Monitors {
  /** Part of everything in them that is a secret, and of nothing else. */
  static final String SECRET = "s3cr3t";

  private Monitors() {}

  static Arbitrary<Monitor> any() {
    return targets().flatMap(Monitors::of);
  }

  private static Arbitrary<Monitor> of(Target target) {
    int most = target instanceof Target.Heartbeat ? 1 : 20;
    Arbitrary<Thresholds> thresholds =
        Combinators.combine(
                Arbitraries.integers().between(1, most), Arbitraries.integers().between(1, most))
            .as(Thresholds::new);
    Arbitrary<Monitor> named =
        Combinators.combine(
                keys(),
                texts(1, 200),
                texts(1, 100).injectNull(0.3),
                texts(1, 100).list().uniqueElements().ofMaxSize(4),
                texts(0, 200),
                Arbitraries.of(true, false),
                conditions().list().ofMinSize(1).ofMaxSize(3),
                conditions().list().ofMaxSize(2))
            .as(
                (id, name, group, tags, description, enabled, conditions, degraded) ->
                    new Monitor(
                        id,
                        name,
                        group,
                        tags,
                        description,
                        enabled,
                        target,
                        conditions,
                        degraded,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Thresholds.DEFAULT,
                        List.of(),
                        Severity.INFO));
    return Combinators.combine(
            named,
            Arbitraries.longs().between(1_000, 86_400_000),
            Arbitraries.longs().between(1, 60_000),
            Arbitraries.longs().between(1_000, 86_400_000),
            thresholds,
            keys().list().uniqueElements().ofMaxSize(3),
            Arbitraries.of(Severity.class))
        .as(Monitors::with);
  }

  private static Monitor with(
      Monitor m,
      long interval,
      long timeout,
      long retry,
      Thresholds thresholds,
      List<String> dependsOn,
      Severity severity) {
    return new Monitor(
        m.id(),
        m.name(),
        m.group(),
        m.tags(),
        m.description(),
        m.enabled(),
        m.target(),
        m.conditions(),
        m.degradedWhen(),
        Duration.ofMillis(interval),
        Duration.ofMillis(Math.min(timeout, interval)),
        Duration.ofMillis(retry),
        thresholds,
        dependsOn.stream().filter(key -> !key.equals(m.id())).toList(),
        severity);
  }

  private static Arbitrary<Target> targets() {
    Arbitrary<Integer> ports = Arbitraries.integers().between(1, 65_535);
    Arbitrary<String> hosts = Arbitraries.of("a", "db.example", "10.0.0.1", "::1", "my_host");
    Arbitrary<Target> http =
        Combinators.combine(
                urls(),
                Arbitraries.of("GET", "POST", "HEAD", "PURGE"),
                headers(),
                texts(0, 100).injectNull(0.3),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 5),
                Arbitraries.of(true, false),
                auths().injectNull(0.3))
            .as(Target.Http::new);
    Arbitrary<Target> tcp =
        Combinators.combine(
                hosts, ports, texts(0, 50).injectNull(0.3), texts(0, 50).injectNull(0.3))
            .as(Target.Tcp::new);
    Arbitrary<Target> tls =
        Combinators.combine(hosts, ports, Arbitraries.of("b.example").injectNull(0.5))
            .as(Target.Tls::new);
    Arbitrary<Target> sse = Combinators.combine(urls(), headers()).as(Target.Sse::new);
    Arbitrary<Target> heartbeat =
        Combinators.combine(
                Arbitraries.longs().between(1, 86_400_000),
                Arbitraries.strings().alpha().ofLength(26))
            .as((grace, token) -> new Target.Heartbeat(Duration.ofMillis(grace), token + SECRET));
    return Arbitraries.oneOf(http, tcp, tls, sse, heartbeat);
  }

  private static Arbitrary<Auth> auths() {
    Arbitrary<String> secrets = texts(0, 30).map(text -> text + SECRET);
    Arbitrary<Auth> basic =
        Combinators.combine(texts(0, 20).map(name -> name.replace(":", "")), secrets)
            .as(Auth.Basic::new);
    Arbitrary<Auth> bearer =
        Arbitraries.strings().alpha().ofMaxLength(20).map(token -> new Auth.Bearer(token + SECRET));
    return Arbitraries.oneOf(basic, bearer);
  }

  private static Arbitrary<Map<String, String>> headers() {
    Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20);
    return Combinators.combine(
            Arbitraries.of("Accept", "X-Trace", "Via").set().ofMaxSize(3),
            Arbitraries.of("authorization", "COOKIE", "X-Api-Key", "Private-Token")
                .set()
                .ofMaxSize(2),
            values)
        .as(
            (open, secret, value) ->
                Stream.concat(open.stream(), secret.stream())
                    .collect(
                        Collectors.toMap(
                            name -> name, name -> secret.contains(name) ? value + SECRET : value)));
  }

  private static Arbitrary<URI> urls() {
    return Arbitraries.of(
            "http://a",
            "https://shop.example:8443/a%20b?q=1&r=%C3%A9",
            "HTTP://[::1]:80/",
            "http://10.0.0.1/#x")
        .map(URI::create);
  }

  private static Arbitrary<Condition> conditions() {
    return Arbitraries.of(
            "[STATUS] == 200",
            "len([BODY].items) > 0",
            "[BODY].a == pat(*\\[\u20ac]*)",
            "[HEADER].A != x")
        .map(
            text -> {
              try {
                return Condition.parse(text);
              } catch (ConditionSyntaxException e) {
                throw new IllegalArgumentException(e);
              }
            });
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(63);
  }

  /** What a field may hold: no control characters, surrogates only in pairs. */
  private static Arbitrary<String> texts(int min, int max) {
    return Arbitraries.of(
            "a",
            "B",
            "7",
            " ",
            "'",
            "\"",
            "\\",
            "<",
            "\u00e9",
            "\u20ac",
            "\ud83d\ude00",
            ":",
            "/",
            "***")
        .list()
        .ofMinSize(min)
        .ofMaxSize(Math.min(max / 3 + 1, 30))
        .map(parts -> String.join("", parts));
  }
}
