package io.serversence.alert;

import io.serversence.alert.ChannelSettings.Apprise;
import io.serversence.alert.ChannelSettings.Discord;
import io.serversence.alert.ChannelSettings.Email;
import io.serversence.alert.ChannelSettings.Ntfy;
import io.serversence.alert.ChannelSettings.Opsgenie;
import io.serversence.alert.ChannelSettings.PagerDuty;
import io.serversence.alert.ChannelSettings.Slack;
import io.serversence.alert.ChannelSettings.Teams;
import io.serversence.alert.ChannelSettings.Telegram;
import io.serversence.alert.ChannelSettings.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends through channels of every type: requests over HTTP, mail by {@link Mailer}. */
public final class Senders implements Sender {
  /** Over all that one message takes. */
  static final Duration TIME = Duration.ofSeconds(10);

  private final Post post;
  private final Mailer mailer;
  private final Supplier<Instant> now;
  private final Vendors vendors;

  public Senders(Post post, Mailer mailer, Supplier<Instant> now) {
    this(post, mailer, now, Vendors.REAL);
  }

  Senders(Post post, Mailer mailer, Supplier<Instant> now, Vendors vendors) {
    this.post = post;
    this.mailer = mailer;
    this.now = now;
    this.vendors = vendors;
  }

  @Override
  public CompletionStage<Delivery> send(Channel channel, Message message) {
    Words words = new Words(message, channel.template());
    try {
      if (channel.settings() instanceof Email email) {
        return mailer.send(email, words, TIME);
      }
      List<String> secrets = secrets(channel.settings());
      Iterator<Request> requests = requests(channel.settings(), words, vendors).iterator();
      long end = System.nanoTime() + TIME.toNanos();
      return next(requests, secrets, end, null);
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(
          Delivery.failed("ServerSence could not write this message"));
    }
  }

  /** One after the other, until one is refused; all are safe to repeat. */
  private CompletionStage<Delivery> next(
      Iterator<Request> requests, List<String> secrets, long end, @Nullable Delivery last) {
    if (last != null && (!last.ok() || !requests.hasNext())) {
      return CompletableFuture.completedFuture(last);
    }
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.toMillis() <= 0) {
      return CompletableFuture.completedFuture(
          Delivery.failed("not all was taken within " + TIME.toSeconds() + " s"));
    }
    Request request = requests.next();
    return post.send(request.url(), request.headers(), request.body(), left)
        .thenCompose(
            reply -> next(requests, secrets, end, Answers.read(reply, secrets, now.get())));
  }

  static List<Request> requests(ChannelSettings settings, Words words, Vendors vendors) {
    Message message = words.message();
    if (settings instanceof Webhook webhook) {
      return List.of(WebhookRequest.of(webhook, message));
    } else if (settings instanceof Slack slack) {
      return List.of(SlackRequest.of(slack, words));
    } else if (settings instanceof Teams teams) {
      return List.of(TeamsRequest.of(teams, words));
    } else if (settings instanceof Discord discord) {
      return List.of(DiscordRequest.of(discord, words));
    } else if (settings instanceof Telegram telegram) {
      return List.of(TelegramRequest.of(telegram, words, vendors));
    } else if (settings instanceof PagerDuty pagerDuty) {
      return PagerDutyRequests.of(pagerDuty, message, vendors);
    } else if (settings instanceof Opsgenie opsgenie) {
      return OpsgenieRequests.of(opsgenie, message, vendors);
    } else if (settings instanceof Ntfy ntfy) {
      return List.of(NtfyRequest.of(ntfy, words));
    } else if (settings instanceof Apprise apprise) {
      return List.of(AppriseRequest.of(apprise, words));
    }
    throw new IllegalArgumentException("no request for " + settings.type());
  }

  private static void address(URI url, List<String> secrets) {
    secrets.add(url.getRawPath());
    secrets.add(url.getRawQuery());
  }

  /** What no answer may show. */
  static List<String> secrets(ChannelSettings settings) {
    List<String> secrets = new ArrayList<>();
    if (settings instanceof Webhook webhook) {
      if (webhook.secret() != null) {
        secrets.add(webhook.secret());
      }
      secrets.addAll(webhook.headers().values());
      address(webhook.url(), secrets);
    } else if (settings instanceof Slack slack) {
      secrets.add(slack.url().getRawPath());
    } else if (settings instanceof Teams teams) {
      secrets.add(teams.url().getRawPath());
    } else if (settings instanceof Discord discord) {
      secrets.add(discord.url().getRawPath());
    } else if (settings instanceof Telegram telegram) {
      secrets.add(telegram.token());
    } else if (settings instanceof PagerDuty pagerDuty) {
      secrets.add(pagerDuty.routingKey());
    } else if (settings instanceof Opsgenie opsgenie) {
      secrets.add(opsgenie.apiKey());
    } else if (settings instanceof Ntfy ntfy) {
      if (ntfy.token() != null) {
        secrets.add(ntfy.token());
      }
      address(ntfy.url(), secrets);
    } else if (settings instanceof Apprise apprise) {
      address(apprise.url(), secrets);
    }
    secrets.removeIf(secret -> secret == null || secret.length() < 4);
    return secrets;
  }
}
