package io.serversence.alert;

import io.serversence.alert.ChannelSettings.Apprise;
import io.serversence.alert.ChannelSettings.Discord;
import io.serversence.alert.ChannelSettings.Email;
import io.serversence.alert.ChannelSettings.Ntfy;
import io.serversence.alert.ChannelSettings.Opsgenie;
import io.serversence.alert.ChannelSettings.PagerDuty;
import io.serversence.alert.ChannelSettings.Slack;
import io.serversence.alert.ChannelSettings.Smtp;
import io.serversence.alert.ChannelSettings.Teams;
import io.serversence.alert.ChannelSettings.Telegram;
import io.serversence.alert.ChannelSettings.Webhook;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.WebAddress;
import io.serversence.monitor.SecretHeaders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a channel that depend on its type. Secrets are shown as {@code ***}: the addresses
 * of Slack, Teams and Discord too, of which only the host is shown, since who has one may write.
 * Those of the other types, which may carry a token, are shown to admins only.
 */
final class SettingsDocument {
  private static final String MASK = "***";
  private static final List<String> TYPES =
      List.of(
          "webhook",
          "email",
          "slack",
          "teams",
          "discord",
          "telegram",
          "pagerduty",
          "opsgenie",
          "ntfy",
          "apprise");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern MAIL =
      Pattern.compile("[^@\\s<>,;:\"()\\[\\]\\\\]{1,64}@[^@\\s<>,;:\"()\\[\\]\\\\]{1,253}");
  private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{4,64}");
  private static final Pattern BOT = Pattern.compile("[0-9]{1,20}:[A-Za-z0-9_-]{10,100}");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|[0-9A-Fa-f:.]{2,45}");
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "content-length",
          "content-type",
          "transfer-encoding",
          "connection",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "idempotency-key",
          "x-serversence-signature");

  private SettingsDocument() {}

  /** Reads them, or answers null and notes the fault. */
  static @Nullable ChannelSettings read(Fields fields, @Nullable ChannelSettings old) {
    if (!fields.has("type")) {
      fields.ignore(fields.names().toArray(String[]::new));
      return fields.fault("type", "is required");
    }
    String type = fields.oneOf("type", TYPES);
    if (type == null) {
      fields.ignore(fields.names().toArray(String[]::new));
      return null;
    }
    return switch (type) {
      case "webhook" -> webhook(fields, old instanceof Webhook w ? w : null);
      case "email" -> email(fields, old instanceof Email e ? e : null);
      case "slack" -> new Slack(url(fields, old instanceof Slack s ? s.url() : null));
      case "teams" -> new Teams(url(fields, old instanceof Teams t ? t.url() : null));
      case "discord" -> new Discord(url(fields, old instanceof Discord d ? d.url() : null));
      case "telegram" -> telegram(fields, old instanceof Telegram t ? t : null);
      case "pagerduty" ->
          new PagerDuty(
              secret(
                  fields, "routingKey", 200, old instanceof PagerDuty p ? p.routingKey() : null));
      case "opsgenie" -> {
        String region = fields.oneOf("region", List.of("us", "eu"));
        yield new Opsgenie(
            secret(fields, "apiKey", 200, old instanceof Opsgenie o ? o.apiKey() : null),
            "eu".equals(region) ? Opsgenie.Region.EU : Opsgenie.Region.US);
      }
      case "ntfy" -> {
        String kept = old instanceof Ntfy n ? n.token() : null;
        URI url = url(fields, old instanceof Ntfy n ? n.url() : null);
        String path = url.getRawPath();
        if (fields.valid() && (path == null || path.matches("/*"))) {
          fields.fault("url", "must end with a topic, such as https://ntfy.sh/alerts");
        }
        yield new Ntfy(url, fields.has("token") ? secret(fields, "token", 500, kept) : null);
      }
      default ->
          new Apprise(
              url(fields, old instanceof Apprise a ? a.url() : null),
              fields.strings("tags", 50, 100));
    };
  }

  private static Webhook webhook(Fields fields, @Nullable Webhook old) {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> kept = old == null ? Map.of() : old.headers();
    fields
        .stringMap("headers", 50, 8_000)
        .forEach(
            (name, value) -> {
              String at = "headers." + name;
              if (!HEADER.matcher(name).matches()) {
                fields.fault(at, "must be a header name");
              } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                fields.fault(at, "is set by ServerSence itself");
              } else if (!HEADER_VALUE.matcher(value).matches()) {
                fields.fault(at, "must have characters that a header can carry");
              } else if (MASK.equals(value) && SecretHeaders.contains(name)) {
                String stored = kept.get(name);
                if (stored == null) {
                  fields.fault(at, "*** keeps what is stored, and nothing is");
                } else {
                  headers.put(name, stored);
                }
              } else {
                headers.put(name, value);
              }
            });
    String secret = fields.has("secret") ? fields.string("secret", 1, 500) : null;
    return new Webhook(
        url(fields, old == null ? null : old.url()),
        secret == null ? null : kept(fields, "secret", secret, old == null ? null : old.secret()),
        headers);
  }

  private static Email email(Fields fields, @Nullable Email old) {
    List<String> to = fields.strings("to", 100, 320);
    if (!fields.has("to") || (to.isEmpty() && fields.valid())) {
      fields.fault("to", "is required");
    }
    for (int i = 0; i < to.size(); i++) {
      if (!MAIL.matcher(to.get(i)).matches()) {
        fields.fault("to[" + i + "]", "must be an address such as ops@example.org");
      }
    }
    String from = fields.string("from", 1, 320);
    if (from != null && !MAIL.matcher(from).matches()) {
      fields.fault("from", "must be an address such as ops@example.org");
    }
    Fields smtp = fields.object("smtp");
    return new Email(to, from, smtp == null ? null : smtp(smtp, old == null ? null : old.smtp()));
  }

  private static Smtp smtp(Fields fields, @Nullable Smtp old) {
    String host = fields.required("host", 1, 253);
    if (host != null && !HOST.matcher(host).matches()) {
      fields.fault("host", "must be a host name or an address");
    }
    String word = fields.oneOf("security", List.of("none", "starttls", "tls"));
    Smtp.Security security =
        word == null
            ? Smtp.Security.STARTTLS
            : Smtp.Security.valueOf(word.toUpperCase(Locale.ROOT));
    Integer port = fields.integer("port", 1, 65_535);
    String username = fields.string("username", 1, 500);
    String password = fields.string("password", 1, 500);
    if ((username == null) != (password == null)) {
      fields.fault(username == null ? "username" : "password", "is required with the other one");
    }
    return new Smtp(
        host == null ? "" : host,
        port != null ? port : security == Smtp.Security.TLS ? 465 : 587,
        security,
        username,
        password == null
            ? null
            : kept(fields, "password", password, old == null ? null : old.password()));
  }

  private static Telegram telegram(Fields fields, @Nullable Telegram old) {
    String token = secret(fields, "token", 200, old == null ? null : old.token());
    if (!token.isEmpty() && !BOT.matcher(token).matches()) {
      fields.fault("token", "must be a bot's token, such as 123456:ABC-DEF1234ghIkl");
    }
    String chat = fields.required("chatId", 1, 100);
    if (chat != null && !CHAT.matcher(chat).matches()) {
      fields.fault("chatId", "must be a number or @channel");
    }
    return new Telegram(token, chat == null ? "" : chat);
  }

  private static String secret(Fields fields, String name, int max, @Nullable String stored) {
    String given = fields.required(name, 1, max);
    String value = given == null ? "" : kept(fields, name, given, stored);
    if (!value.isEmpty() && !VISIBLE.matcher(value).matches()) {
      fields.fault(name, "must have visible ASCII characters only");
    }
    return value;
  }

  private static String kept(Fields fields, String name, String given, @Nullable String stored) {
    if (!given.equals(MASK)) {
      return given;
    }
    if (stored == null) {
      fields.fault(name, "*** keeps what is stored, and nothing is");
      return "";
    }
    return stored;
  }

  /**
   * An address of the web.
   *
   * @param stored what the mask stands for, if anything
   */
  private static URI url(Fields fields, @Nullable URI stored) {
    String text = fields.required("url", 1, 2_000);
    if (text != null && stored != null && (text.equals(MASK) || text.equals(masked(stored)))) {
      return stored;
    }
    URI url = text == null ? null : WebAddress.read(fields, "url", text, "");
    if (url != null && url.toString().endsWith("/" + MASK)) {
      url = fields.fault("url", "*** keeps what is stored, and nothing is");
    }
    return url == null ? URI.create("http://invalid") : url;
  }

  static String masked(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority() + "/" + MASK;
  }

  static void write(JsonObjectBuilder to, ChannelSettings settings, boolean secrets) {
    if (settings instanceof Webhook webhook) {
      JsonObjectBuilder headers = Json.object();
      webhook
          .headers()
          .forEach(
              (name, value) ->
                  headers.add(name, secrets || !SecretHeaders.contains(name) ? value : MASK));
      to.add("url", webhook.url().toString())
          .add("secret", Json.string(shown(webhook.secret(), secrets)))
          .add("headers", headers);
    } else if (settings instanceof Email email) {
      to.add("to", Json.strings(email.to())).add("from", Json.string(email.from()));
      if (email.smtp() == null) {
        to.addNull("smtp");
      } else {
        to.add("smtp", smtp(email.smtp(), secrets));
      }
    } else if (settings instanceof Slack slack) {
      url(to, slack.url(), secrets);
    } else if (settings instanceof Teams teams) {
      url(to, teams.url(), secrets);
    } else if (settings instanceof Discord discord) {
      url(to, discord.url(), secrets);
    } else if (settings instanceof Telegram telegram) {
      to.add("token", Json.string(shown(telegram.token(), secrets)))
          .add("chatId", telegram.chatId());
    } else if (settings instanceof PagerDuty pagerDuty) {
      to.add("routingKey", Json.string(shown(pagerDuty.routingKey(), secrets)));
    } else if (settings instanceof Opsgenie opsgenie) {
      to.add("apiKey", Json.string(shown(opsgenie.apiKey(), secrets)))
          .add("region", opsgenie.region().name().toLowerCase(Locale.ROOT));
    } else if (settings instanceof Ntfy ntfy) {
      to.add("url", ntfy.url().toString()).add("token", Json.string(shown(ntfy.token(), secrets)));
    } else if (settings instanceof Apprise apprise) {
      to.add("url", apprise.url().toString()).add("tags", Json.strings(apprise.tags()));
    }
  }

  private static JsonObject smtp(Smtp smtp, boolean secrets) {
    return Json.object()
        .add("host", smtp.host())
        .add("port", smtp.port())
        .add("security", smtp.security().name().toLowerCase(Locale.ROOT))
        .add("username", Json.string(smtp.username()))
        .add("password", Json.string(shown(smtp.password(), secrets)))
        .build();
  }

  private static void url(JsonObjectBuilder to, URI url, boolean secrets) {
    to.add("url", secrets ? url.toString() : masked(url));
  }

  private static @Nullable String shown(@Nullable String secret, boolean secrets) {
    return secret == null || secrets ? secret : MASK;
  }
}
