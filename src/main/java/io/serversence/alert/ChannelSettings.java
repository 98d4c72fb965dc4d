package io.serversence.alert;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a type of channel needs to know. Immutable; secrets are in no {@code toString}. */
public sealed interface ChannelSettings {
  /** The word in documents. */
  String type();

  /**
   * Any program that takes a POST.
   *
   * @param secret what the body is signed with, or null for no signature
   */
  record Webhook(URI url, @Nullable String secret, Map<String, String> headers)
      implements ChannelSettings {
    public Webhook {
      headers = Map.copyOf(headers);
    }

    @Override
    public String type() {
      return "webhook";
    }

    @Override
    public String toString() {
      return "Webhook[***]";
    }
  }

  /**
   * Electronic mail.
   *
   * @param from the sender, or null for the mail session's
   * @param smtp the server that takes the mail, or null for the mail session of our own server
   */
  record Email(List<String> to, @Nullable String from, @Nullable Smtp smtp)
      implements ChannelSettings {
    public Email {
      to = List.copyOf(to);
    }

    @Override
    public String type() {
      return "email";
    }
  }

  /**
   * A server that takes mail.
   *
   * @param username for the login, or null for none; the password goes with it
   */
  record Smtp(
      String host,
      int port,
      Security security,
      @Nullable String username,
      @Nullable String password) {
    /** How the connection is secured. */
    public enum Security {
      /** Not at all. */
      NONE,
      /** By STARTTLS, without which nothing is sent. */
      STARTTLS,
      /** From the start. */
      TLS
    }

    @Override
    public String toString() {
      return "Smtp[" + host + ":" + port + "]";
    }
  }

  /** Slack, by an incoming webhook. */
  record Slack(URI url) implements ChannelSettings {
    @Override
    public String type() {
      return "slack";
    }

    @Override
    public String toString() {
      return "Slack[***]";
    }
  }

  /** Microsoft Teams, by a workflow's webhook. */
  record Teams(URI url) implements ChannelSettings {
    @Override
    public String type() {
      return "teams";
    }

    @Override
    public String toString() {
      return "Teams[***]";
    }
  }

  /** Discord, by a channel's webhook. */
  record Discord(URI url) implements ChannelSettings {
    @Override
    public String type() {
      return "discord";
    }

    @Override
    public String toString() {
      return "Discord[***]";
    }
  }

  /** Telegram, by a bot. */
  record Telegram(String token, String chatId) implements ChannelSettings {
    @Override
    public String type() {
      return "telegram";
    }

    @Override
    public String toString() {
      return "Telegram[***]";
    }
  }

  /** PagerDuty, Events API v2. */
  record PagerDuty(String routingKey) implements ChannelSettings {
    @Override
    public String type() {
      return "pagerduty";
    }

    @Override
    public String toString() {
      return "PagerDuty[***]";
    }
  }

  /** Opsgenie, Alert API. */
  record Opsgenie(String apiKey, Region region) implements ChannelSettings {
    /** Where the account is. */
    public enum Region {
      US,
      EU
    }

    @Override
    public String type() {
      return "opsgenie";
    }

    @Override
    public String toString() {
      return "Opsgenie[***]";
    }
  }

  /**
   * A topic of ntfy.
   *
   * @param token an access token, or null for none
   */
  record Ntfy(URI url, @Nullable String token) implements ChannelSettings {
    @Override
    public String type() {
      return "ntfy";
    }

    @Override
    public String toString() {
      return "Ntfy[***]";
    }
  }

  /**
   * An Apprise gateway, which knows more services.
   *
   * @param tags which of the gateway's services are meant; all where empty
   */
  record Apprise(URI url, List<String> tags) implements ChannelSettings {
    public Apprise {
      tags = List.copyOf(tags);
    }

    @Override
    public String type() {
      return "apprise";
    }
  }
}
